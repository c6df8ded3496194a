import type { Argument, Expression, FunctionNode, Statement } from '../syntax/nodes.ts';
import { SyntaxFault } from '../syntax/syntax-fault.ts';
import type { ModuleSource, ProjectModules } from '../project/project-modules.ts';
import { attribute, findAttribute } from './attributes.ts';
import { computedBuiltins } from './builtins.ts';
import { namesBoundBy, namesBoundByAll } from './bound-names.ts';
import { call } from './calls.ts';
import { callArguments, evaluate } from './evaluate.ts';
import { assign, run } from './execute.ts';
import { load } from './import-machinery.ts';
import type { Completion, FoundModule, Frame, Machine } from './machine.ts';
import {
  EXCEPTION_CLASSES,
  exceptionInstance,
  isSubclass,
  PythonException,
  type ImportStep,
  type RaisedAt,
} from './python-exception.ts';
import { Names } from './names.ts';
import { Trail } from './trail.ts';
import { find, moduleScope, targetNames } from './scopes.ts';
import {
  constant,
  flag,
  textOf,
  UNKNOWN,
  type CallArguments,
  type InstanceValue,
  type ModuleValue,
  type Scope,
  type Value,
} from './value.ts';

/** Statements and calls that one call from a module's body may take, and one statement of it in all. */
const MOST_WORK_OF_CALL = 2_000;
const MOST_WORK_OF_STATEMENT = 40_000;

/** How often a function's calls may take more than their share before it is followed no more. */
const MOST_CUTS = 2;

/** Thrown where a share of work is used up. */
class WorkDone {}

const UNSHARED: Share = { end: Infinity, isCall: false, spent: new WorkDone() };

/** Modules that a fresh interpreter has loaded before the first import, or finds before it looks at `sys.path`. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(
  'sys builtins _imp _thread _warnings _weakref _io marshal posix nt time zipimport _codecs codecs encodings _signal _abc abc io stat _stat _collections_abc posixpath ntpath genericpath os site _sitebuiltins importlib._bootstrap importlib._bootstrap_external gc itertools errno _sre _functools _operator _collections atexit _string _symtable _tracemalloc faulthandler _locale _ast'.split(
    ' ',
  ),
);

/** Exceptions that modules raise which are not there yet. */
const OF_IMPORTS = ['ImportError', 'AttributeError', 'NameError', 'SyntaxError', 'SystemExit'] as const;

/** Follows first imports, each as CPython would execute it in a fresh interpreter. */
export class Interpreter implements Machine {
  readonly minor: number;
  readonly platform: string;
  readonly loaded: Names = new Names();
  readonly arrivals: ModuleValue[] = [];
  readonly frames: Frame[] = [];
  readonly builtins: ReadonlyMap<string, Value>;
  /** What the prediction rests on, where that cannot be known from the source. */
  assumption: string | undefined;
  private readonly project: ProjectModules;
  private readonly trail = new Trail();
  private readonly raised = new WeakMap<InstanceValue, RaisedAt>();
  private readonly boundInText = new WeakMap<ModuleValue, ReadonlySet<string>>();
  /** How often calls of a function were cut off. */
  private readonly cuts = new Map<FunctionNode, number>();
  private share: Share = UNSHARED;
  /** Statements, calls and turns of loops so far, in all first imports together. */
  work = 0;

  constructor(project: ProjectModules, minor: number, platform: string) {
    this.project = project;
    this.minor = minor;
    this.platform = platform;
    this.builtins = computedBuiltins(this);
  }

  /**
   * Imports a module, as the only thing going on.
   *
   * @returns what it raised, if it did
   */
  importFirst(name: string): PythonException | undefined {
    return this.trail.run(() => {
      try {
        return this.attempt(() => void this.load(name));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        this.assumption ??= 'the interpreted program recurses deeper than can be followed';
        return undefined;
      }
    });
  }

  /** Remembers how everything is, for `backTo`. */
  mark(): Mark {
    return { depth: this.trail.mark(), assumption: this.assumption, arrivals: this.arrivals.length };
  }

  /** Makes everything as it was at a mark. */
  backTo({ depth, assumption, arrivals }: Mark): void {
    this.trail.run(() => this.trail.backTo(depth));
    this.assumption = assumption;
    this.arrivals.length = arrivals;
    this.frames.length = 0;
    this.share = UNSHARED;
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
    const frame = { module, isModuleBody: true, line: 1, scope, handling: [], mayHaveReturned: false };
    this.inFrame(frame, () => {
      for (const statement of syntax.body) this.runAtTop(statement, scope);
    });
  }

  /**
   * What functions compute is followed only so far, and a project whose import ends in, say, a ValueError of one of its own
   * functions is rare: such an exception that nothing handles is taken not to happen.
   */
  private runAtTop(statement: Statement, scope: Scope): void {
    const outer = this.share;
    const before = this.work;
    const depth = this.frames.length;
    const share: Share = { end: this.work + MOST_WORK_OF_STATEMENT, isCall: false, spent: new WorkDone() };
    this.share = share;
    try {
      this.run([statement], scope);
    } catch (error) {
      const isAside = error instanceof PythonException && error.at.isAside;
      if (!isAside && error !== share.spent) throw error;
      this.frames.length = depth;
      this.assume(
        error instanceof PythonException
          ? `whether ${error.type} is raised in ${error.at.path ?? 'a function'}, line ${error.at.line}`
          : 'what a long computation does',
      );
      for (const name of namesBoundBy(statement)) if (!scope.names.has(name)) scope.names.set(name, UNKNOWN);
      flag(scope.module, 'open');
    } finally {
      // What an import takes is not charged to the call that imports.
      this.share = { ...outer, end: outer.end + this.work - before };
    }
  }

  private raiseSyntax(source: ModuleSource, message: string, line: number): never {
    throw new PythonException(exceptionInstance('SyntaxError', message), {
      path: source.file,
      line,
      chain: this.chain(source.name),
      isAside: false,
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
      if (name === '\0unknown' || this.isOpenFor(scope.module, name)) {
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
      at = {
        path: frame?.module.file,
        line: frame?.line ?? 0,
        chain: this.chain(name),
        isAside: this.isAside(value),
      };
      this.noteRaised(value, at);
    }
    throw new PythonException(value, at);
  }

  raiseAside(type: string, message: string): never {
    const value = exceptionInstance(type, message);
    const frame = this.frames.at(-1);
    this.noteRaised(value, {
      path: frame?.module.file,
      line: frame?.line ?? 0,
      chain: this.chain(undefined),
      isAside: true,
    });
    return this.raiseInstance(value);
  }

  raiseByStatement(value: InstanceValue): never {
    const { scope, module, line } = this.frame;
    const isOfImports =
      isSubclass(value.type, EXCEPTION_CLASSES.get('ImportError')!) === true ||
      isSubclass(value.type, EXCEPTION_CLASSES.get('SystemExit')!) === true;
    if (scope.kind === 'function' && !isOfImports && !scope.isModuleHook && !this.raised.has(value)) {
      this.noteRaised(value, { path: module.file, line, chain: this.chain(undefined), isAside: true });
    }
    return this.raiseInstance(value);
  }

  private noteRaised(value: InstanceValue, at: RaisedAt): void {
    this.raised.set(value, at);
    this.trail.note(() => this.raised.delete(value));
  }

  isOpenFor(module: ModuleValue, name: string): boolean {
    if (module.open || !module.guessed) return module.open;
    let bound = this.boundInText.get(module);
    if (bound === undefined) {
      const syntax = this.project.get(module.name)?.syntax();
      bound =
        syntax === undefined || syntax instanceof SyntaxFault ? new Set() : namesBoundByAll(syntax.body);
      this.boundInText.set(module, bound);
    }
    return !bound.has(name) && this.project.get(`${module.name}.${name}`) === undefined;
  }

  private isAside(value: InstanceValue): boolean {
    const frame = this.frames.at(-1);
    if (frame === undefined || frame.scope.kind !== 'function') return false;
    return !OF_IMPORTS.some((type) => isSubclass(value.type, EXCEPTION_CLASSES.get(type)!) === true);
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
    const guessing = this.frames.findLast(({ isModuleBody }) => isModuleBody)?.module;
    if (guessing) flag(guessing, 'guessed');
    const depth = this.frames.length;
    const since = this.arrivals.length;
    try {
      code();
      return undefined;
    } catch (error) {
      if (!(error instanceof PythonException)) throw error;
      this.frames.length = depth;
      this.unload(since);
      return error;
    }
  }

  /** Takes the modules that arrived since then out of `sys.modules` and of the packages above them. */
  private unload(since: number): void {
    for (const module of this.arrivals.slice(since)) {
      if (this.loaded.get(module.name) !== module) continue;
      this.loaded.delete(module.name);
      const dot = module.name.lastIndexOf('.');
      const parent = dot < 0 ? undefined : this.loaded.get(module.name.slice(0, dot));
      const child = module.name.slice(dot + 1);
      if (parent?.kind === 'module' && parent.names.get(child) === module) parent.names.delete(child);
    }
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

  spend(work: number): void {
    this.work += work;
    if (this.work > this.share.end) throw this.share.spent;
  }

  follow(definition: FunctionNode, code: () => Value): Value {
    if (this.share.isCall) return code();
    const cuts = this.cuts.get(definition) ?? 0;
    if (cuts >= MOST_CUTS) return this.giveUp(definition);
    const outer = this.share;
    const share: Share = {
      end: Math.min(outer.end, this.work + MOST_WORK_OF_CALL),
      isCall: true,
      spent: new WorkDone(),
    };
    const depth = this.frames.length;
    this.share = share;
    try {
      return code();
    } catch (error) {
      if (error !== share.spent) throw error;
      this.frames.length = depth;
      this.cuts.set(definition, cuts + 1);
      this.trail.note(() => this.cuts.set(definition, cuts));
      return this.giveUp(definition);
    } finally {
      this.share = { ...outer, end: outer.end + this.share.end - share.end };
    }
  }

  private giveUp({ name }: FunctionNode): Value {
    this.assume(`what ${name}() does`);
    flag(this.frame.module, 'open');
    return UNKNOWN;
  }
}

/** How everything was between two imports. */
export interface Mark {
  readonly depth: number;
  readonly assumption: string | undefined;
  readonly arrivals: number;
}

interface Share {
  readonly end: number;
  /** A call is being followed: calls in it share its share. */
  readonly isCall: boolean;
  readonly spent: WorkDone;
}
