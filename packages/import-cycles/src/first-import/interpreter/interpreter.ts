import type { Argument, Expression, Statement } from '../syntax/nodes.ts';
import { SyntaxFault } from '../syntax/syntax-fault.ts';
import type { ModuleSource, ProjectModules } from '../project/project-modules.ts';
import { attribute, findAttribute } from './attributes.ts';
import { computedBuiltins } from './builtins.ts';
import { call } from './calls.ts';
import { callArguments, evaluate } from './evaluate.ts';
import { assign, run } from './execute.ts';
import { load } from './import-machinery.ts';
import type { Completion, FoundModule, Frame, Machine } from './machine.ts';
import { exceptionInstance, PythonException, type ImportStep, type RaisedAt } from './python-exception.ts';
import { find, moduleScope, targetNames } from './scopes.ts';
import {
  constant,
  textOf,
  UNKNOWN,
  type CallArguments,
  type InstanceValue,
  type ModuleValue,
  type Scope,
  type Value,
} from './value.ts';

/** Statements and calls that one first import may take before calls are no longer followed. */
const MOST_WORK = 3_000_000;

/** Modules that a fresh interpreter has loaded before the first import, or finds before it looks at `sys.path`. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(
  'sys builtins _imp _thread _warnings _weakref _io marshal posix nt time zipimport _codecs codecs encodings _signal _abc abc io stat _stat _collections_abc posixpath ntpath genericpath os site _sitebuiltins importlib._bootstrap importlib._bootstrap_external gc itertools errno _sre _functools _operator _collections atexit _string _symtable _tracemalloc faulthandler _locale _ast'.split(
    ' ',
  ),
);

/** Follows one first import, as CPython would execute it in a fresh interpreter. */
export class Interpreter implements Machine {
  readonly minor: number;
  readonly platform: string;
  readonly loaded: Map<string, Value> = new Map();
  readonly frames: Frame[] = [];
  readonly builtins: ReadonlyMap<string, Value>;
  /** What the prediction rests on, where that cannot be known from the source. */
  assumption: string | undefined;
  private readonly project: ProjectModules;
  private readonly raised = new WeakMap<InstanceValue, RaisedAt>();
  private work = 0;

  constructor(project: ProjectModules, minor: number, platform: string) {
    this.project = project;
    this.minor = minor;
    this.platform = platform;
    this.builtins = computedBuiltins(this);
  }

  get frame(): Frame {
    return this.frames.at(-1)!;
  }

  find(name: string, parent: ModuleValue | undefined): FoundModule | undefined {
    if (parent === undefined && ALWAYS_THERE.has(name)) return { kind: 'external' };
    const source = this.project.get(name);
    if (source) return { kind: 'module', source };
    if (this.project.isNamespace(name)) return { kind: 'namespace' };
    if (parent === undefined) return { kind: 'external' };
    const path = parent.names.get('__path__');
    if (path?.kind !== 'sequence' || path.open || path.items.length !== 1) return { kind: 'external' };
    const probed = this.project.probe(parent.name, name.slice(name.lastIndexOf('.') + 1));
    return probed && { kind: probed };
  }

  runModule(module: ModuleValue, source: ModuleSource): void {
    const syntax = source.syntax();
    if (syntax instanceof SyntaxFault) this.raiseSyntax(source, syntax.message, syntax.line);
    if (syntax.needs.minor > this.minor) this.raiseSyntax(source, 'invalid syntax', syntax.needs.line);
    module.names.set('__doc__', constant(syntax.docstring));
    const scope = moduleScope(module);
    this.inFrame({ module, isModuleBody: true, line: 1, scope, handling: [], mayHaveReturned: false }, () =>
      this.run(syntax.body, scope),
    );
  }

  private raiseSyntax(source: ModuleSource, message: string, line: number): never {
    throw new PythonException(exceptionInstance('SyntaxError', message), {
      path: source.file,
      line,
      chain: this.chain(source.name),
    });
  }

  inFrame<T>(frame: Frame, code: () => T): T {
    this.frames.push(frame);
    const depth = this.frames.length;
    try {
      return code();
    } finally {
      this.frames.length = depth - 1;
    }
  }

  evaluate(node: Expression, scope: Scope): Value {
    return evaluate(this, node, scope);
  }

  run(block: readonly Statement[], scope: Scope): Completion {
    return run(this, block, scope);
  }

  callArguments(args: readonly Argument[], scope: Scope): CallArguments {
    return callArguments(this, args, scope);
  }

  call(callee: Value, args: CallArguments): Value {
    return call(this, callee, args);
  }

  assign(target: Expression, value: Value, scope: Scope): void {
    assign(this, target, value, scope);
  }

  lookUp(name: string, scope: Scope): Value {
    const value = find(this, name, scope);
    if (value === undefined) {
      if (scope.module.open || name === '\0unknown') {
        if (name !== '\0unknown') this.assume(`whether ${scope.module.name} binds ${name}`);
        return UNKNOWN;
      }
      return this.raise('NameError', `name '${name}' is not defined`);
    }
    if (value.kind !== 'lazy') return value;
    const resolved = value.resolve();
    this.bind(name, resolved, scope);
    return resolved;
  }

  bind(name: string, value: Value, scope: Scope): void {
    targetNames(name, scope).set(name, value);
  }

  findAttribute(value: Value, name: string): Value | undefined {
    return findAttribute(this, value, name);
  }

  attribute(value: Value, name: string): Value {
    return attribute(this, value, name);
  }

  load(name: string): Value {
    return load(this, name);
  }

  raise(type: string, message: string, attributes: Readonly<Record<string, Value>> = {}): never {
    return this.raiseInstance(exceptionInstance(type, message, attributes));
  }

  raiseInstance(value: InstanceValue): never {
    let at = this.raised.get(value);
    if (at === undefined) {
      const name = textOf(value.names.get('name'));
      const frame = this.frames.at(-1);
      at = { path: frame?.module.file, line: frame?.line ?? 0, chain: this.chain(name) };
      this.raised.set(value, at);
    }
    throw new PythonException(value, at);
  }

  /** The import statements being executed; `wanted` is the module that the last one asks for, where it is the project's. */
  private chain(wanted: string | undefined): ImportStep[] {
    const steps: ImportStep[] = [];
    for (let index = 0; index < this.frames.length; index++) {
      const { module, line } = this.frames[index]!;
      const next = this.frames[index + 1];
      const to = next
        ? next.isModuleBody
          ? next.module.name
          : undefined
        : wanted !== undefined && this.project.get(wanted)
          ? wanted
          : undefined;
      if (to !== undefined) steps.push({ from: module.name, to, line });
    }
    return steps;
  }

  attempt(code: () => void): PythonException | undefined {
    const depth = this.frames.length;
    const before = new Map(this.loaded);
    try {
      code();
      return undefined;
    } catch (error) {
      if (!(error instanceof PythonException)) throw error;
      this.frames.length = depth;
      this.unload(before);
      return error;
    }
  }

  /** Makes `sys.modules` what it was, and takes the modules that are gone from the packages above them. */
  private unload(before: ReadonlyMap<string, Value>): void {
    for (const [name, value] of this.loaded) {
      const dot = name.lastIndexOf('.');
      const parent = before.has(name) || dot < 0 ? undefined : before.get(name.slice(0, dot));
      const child = name.slice(dot + 1);
      if (parent?.kind === 'module' && parent.names.get(child) === value) parent.names.delete(child);
    }
    this.loaded.clear();
    for (const [name, value] of before) this.loaded.set(name, value);
  }

  assume(reason: string): void {
    if (this.assumption !== undefined) return;
    const frame = this.frames.at(-1);
    this.assumption = frame ? `${reason} (${frame.module.name}, line ${frame.line})` : reason;
  }

  postponesAnnotations(module: ModuleValue): boolean {
    const syntax = this.project.get(module.name)?.syntax();
    return syntax !== undefined && !(syntax instanceof SyntaxFault) && syntax.futureAnnotations;
  }

  spend(work: number): boolean {
    this.work += work;
    return this.work < MOST_WORK;
  }
}
