import type { ModuleSource, ProjectModules } from '../project/project-modules.ts';
import type { Argument, Expression, FunctionNode, Statement } from '../syntax/nodes.ts';
import { SyntaxFault } from '../syntax/syntax-fault.ts';
import { computedBuiltins } from './builtins/computed-builtins.ts';
import { callArguments } from './expressions/arguments.ts';
import { evaluate } from './expressions/evaluate.ts';
import { load } from './imports/find-and-load.ts';
import type { Completion, FoundModule, Frame, PythonMachine } from './python-machine.ts';
import { attribute, findAttribute } from './objects/attributes.ts';
import { call } from './objects/calls.ts';
import { find, moduleScope, targetNames } from './objects/scopes.ts';
import { Raising } from './raising.ts';
import { assign } from './statements/assignment.ts';
import { namesBoundBy, namesBoundByAll } from './statements/bound-names.ts';
import { run } from './statements/execute.ts';
import { constant, UNKNOWN } from './values/make-value.ts';
import { Names } from './values/names.ts';
import { exceptionInstance, PythonException } from './values/python-exception.ts';
import { flag, Trail } from './values/trail.ts';
import type { CallArguments, InstanceValue, ModuleValue, Scope, Value } from './values/value.ts';
import { WorkShares } from './work-shares.ts';

/** Modules that a fresh interpreter has loaded before the first import, or finds before it looks at `sys.path`. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(
  'sys builtins _imp _thread _warnings _weakref _io marshal posix nt time zipimport _codecs codecs encodings _signal _abc abc io stat _stat _collections_abc posixpath ntpath genericpath os site _sitebuiltins importlib._bootstrap importlib._bootstrap_external gc itertools errno _sre _functools _operator _collections atexit _string _symtable _tracemalloc faulthandler _locale _ast'.split(
    ' ',
  ),
);

/** Follows first imports, each as CPython would execute it in a fresh interpreter. */
export class Interpreter implements PythonMachine {
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
  private readonly boundInText = new WeakMap<ModuleValue, ReadonlySet<string>>();
  private readonly shares = new WorkShares(this.trail);
  private readonly raising: Raising;

  constructor(project: ProjectModules, minor: number, platform: string) {
    this.project = project;
    this.raising = new Raising(project, this.frames, this.trail);
    this.minor = minor;
    this.platform = platform;
    this.builtins = computedBuiltins(this);
  }

  /** Statements, calls and turns of loops so far, in all first imports together. */
  get work(): number {
    return this.shares.work;
  }

  /**
   * Imports a module, as the only thing going on.
   *
   * @returns what it raised, if it did
   */
  importFirst(name: string): PythonException | undefined {
    return this.trail.run(() => {
      try {
        this.load(name);
        return undefined;
      } catch (error) {
        if (error instanceof PythonException) return error;
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
    this.shares.reset();
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
    const { name, file } = source;
    if (syntax instanceof SyntaxFault)
      return this.raising.syntaxError(name, file, syntax.message, syntax.line);
    if (syntax.needs.minor > this.minor)
      return this.raising.syntaxError(name, file, 'invalid syntax', syntax.needs.line);
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
    const depth = this.frames.length;
    let doubt = 'what a long computation does';
    try {
      if (this.shares.statement(() => void this.run([statement], scope))) return;
    } catch (error) {
      if (!(error instanceof PythonException) || !error.at.isAside) throw error;
      doubt = `whether ${error.type} is raised in ${error.at.path ?? 'a function'}, line ${error.at.line}`;
    }
    this.frames.length = depth;
    this.assume(doubt);
    for (const name of namesBoundBy(statement)) if (!scope.names.has(name)) scope.names.set(name, UNKNOWN);
    flag(scope.module, 'open');
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
    return this.raising.instance(value);
  }

  raiseAside(type: string, message: string): never {
    return this.raising.aside(type, message);
  }

  raiseByStatement(value: InstanceValue): never {
    return this.raising.byStatement(value);
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

  attempt(code: () => void): PythonException | undefined {
    const guessing = this.frames.findLast(({ isModuleBody }) => isModuleBody)?.module;
    if (guessing) flag(guessing, 'guessed');
    const depth = this.frames.length;
    const since = this.arrivals.length;
    try {
      code();
      for (const module of this.arrivals.slice(since)) flag(module, 'doubtful');
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
    this.shares.spend(work);
  }

  follow(definition: FunctionNode, code: () => Value): Value {
    const depth = this.frames.length;
    const value = this.shares.call(definition, code);
    if (value !== undefined) return value;
    this.frames.length = depth;
    this.assume(`what ${definition.name}() does`);
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
