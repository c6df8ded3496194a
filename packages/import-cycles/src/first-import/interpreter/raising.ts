import type { ProjectModules } from '../project/project-modules.ts';
import type { Frame } from './python-machine.ts';
import { EXCEPTION_CLASSES, isSubclass } from './values/exception-classes.ts';
import {
  exceptionInstance,
  PythonException,
  type ImportStep,
  type RaisedAt,
} from './values/python-exception.ts';
import type { Trail } from './values/trail.ts';
import type { InstanceValue } from './values/value.ts';
import { textOf } from './values/what-is-known.ts';

/** Exceptions that modules raise which are not there yet. */
const OF_IMPORTS = ['ImportError', 'AttributeError', 'NameError', 'SyntaxError', 'SystemExit'] as const;

/** Raises exceptions of the interpreted program, each with the place and the imports in progress where it was raised first. */
export class Raising {
  private readonly project: ProjectModules;
  private readonly frames: readonly Frame[];
  private readonly trail: Trail;
  private readonly raised = new WeakMap<InstanceValue, RaisedAt>();

  constructor(project: ProjectModules, frames: readonly Frame[], trail: Trail) {
    this.project = project;
    this.frames = frames;
    this.trail = trail;
  }

  instance(value: InstanceValue): never {
    const wanted = textOf(value.names.get('name'));
    const at = this.raised.get(value) ?? this.note(value, this.isAside(value), wanted);
    throw new PythonException(value, at);
  }

  /** What is more likely to come from following the program imprecisely than from the program. */
  aside(type: string, message: string): never {
    const value = exceptionInstance(type, message);
    throw new PythonException(value, this.note(value, true));
  }

  /** What a `raise` statement raises: in a function, it says that something is wrong with what was followed. */
  byStatement(value: InstanceValue): never {
    const { scope } = this.frames.at(-1)!;
    const isOfImports = is(value, 'ImportError') || is(value, 'SystemExit');
    if (scope.kind === 'function' && !isOfImports && !scope.isModuleHook && !this.raised.has(value))
      this.note(value, true);
    return this.instance(value);
  }

  /** Of a file that is no Python. */
  syntaxError(module: string, file: string, message: string, line: number): never {
    const at = { path: file, line, chain: this.chain(module), isAside: false };
    throw new PythonException(exceptionInstance('SyntaxError', message), at);
  }

  private note(value: InstanceValue, isAside: boolean, wanted?: string): RaisedAt {
    const frame = this.frames.at(-1);
    const at = { path: frame?.module.file, line: frame?.line ?? 0, chain: this.chain(wanted), isAside };
    this.raised.set(value, at);
    this.trail.note(() => this.raised.delete(value));
    return at;
  }

  private isAside(value: InstanceValue): boolean {
    const frame = this.frames.at(-1);
    if (frame === undefined || frame.scope.kind !== 'function') return false;
    return !OF_IMPORTS.some((type) => is(value, type));
  }

  /** The import statements being executed; `wanted` is the module that the last one asks for, where it is the project's. */
  private chain(wanted: string | undefined): ImportStep[] {
    const steps: ImportStep[] = [];
    this.frames.forEach(({ module, line }, index) => {
      const next = this.frames[index + 1];
      if (next?.isModuleBody) steps.push({ from: module.name, to: next.module.name, line });
      else if (next === undefined && wanted !== undefined && this.project.get(wanted))
        steps.push({ from: module.name, to: wanted, line });
    });
    return steps;
  }
}

function is(value: InstanceValue, type: string): boolean {
  return isSubclass(value.type, EXCEPTION_CLASSES.get(type)!) === true;
}
