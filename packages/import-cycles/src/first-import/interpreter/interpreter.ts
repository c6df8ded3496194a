import type { Argument, Expression, Statement } from '../syntax/nodes.ts';
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
import { SettledModules, type Progress } from './settled-modules.ts';
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

/** Statements and calls that one call from a module's body may take, and one statement of it in all. */
const MOST_WORK_OF_CALL = 4_000;
const MOST_WORK_OF_STATEMENT = 40_000;

/** Thrown where a share of work is used up. */
class WorkDone {}

/** Modules that a fresh interpreter has loaded before the first import, or finds before it looks at `sys.path`. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(
  'sys builtins _imp _thread _warnings _weakref _io marshal posix nt time zipimport _codecs codecs encodings _signal _abc abc io stat _stat _collections_abc posixpath ntpath genericpath os site _sitebuiltins importlib._bootstrap importlib._bootstrap_external gc itertools errno _sre _functools _operator _collections atexit _string _symtable _tracemalloc faulthandler _locale _ast'.split(
    ' ',
  ),
);

/** Exceptions that modules raise which are not there yet. */
const OF_IMPORTS = ['ImportError', 'AttributeError', 'NameError', 'SyntaxError', 'SystemExit'] as const;

/** In the place of a lowest module: the state depends on all that is loaded. */
const PEEKING = -1;

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
  private readonly settled: SettledModules;
  private readonly progress: Progress[] = [];
  /** Every module that was begun or recalled, in order. */
  private readonly arrivals: ModuleValue[] = [];
  /** Lowest module in progress that a finished, unsettled module has seen. */
  private readonly unsettled = new WeakMap<ModuleValue, number>();
  private readonly boundInText = new WeakMap<ModuleValue, ReadonlySet<string>>();
  private share: Share = { end: Infinity, isCall: false, spent: new WorkDone() };
  private work = 0;

  constructor(project: ProjectModules, settled: SettledModules, minor: number, platform: string) {
    this.project = project;
    this.settled = settled;
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
      scope.module.open = true;
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
      this.raised.set(value, at);
    }
    throw new PythonException(value, at);
  }

  raiseAside(type: string, message: string): never {
    const value = exceptionInstance(type, message);
    const frame = this.frames.at(-1);
    this.raised.set(value, {
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
      this.raised.set(value, { path: module.file, line, chain: this.chain(undefined), isAside: true });
    }
    return this.raiseInstance(value);
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
    const guessing = this.progress.at(-1)?.module;
    if (guessing) guessing.guessed = true;
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

  follow(what: string, code: () => Value): Value {
    if (this.share.isCall) return code();
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
      this.assume(`what ${what}() does`);
      this.frame.module.open = true;
      return UNKNOWN;
    } finally {
      this.share = { ...outer, end: outer.end + this.share.end - share.end };
    }
  }

  recall(name: string): Value | undefined {
    const arrived = this.settled.recall(this, name);
    if (arrived === undefined) return undefined;
    this.arrivals.push(...arrived);
    const module = this.loaded.get(name)!;
    if (module.kind === 'module') this.see(module);
    return module;
  }

  begin(module: ModuleValue): { end(isDone: boolean): void } {
    const place = this.progress.length;
    const progress: Progress = {
      module,
      low: place,
      isPeeking: false,
      needs: new Set(),
      asked: new Set(),
      since: this.arrivals.length,
    };
    this.arrivals.push(module);
    this.progress.push(progress);
    const outerAssumption = this.assumption;
    this.assumption = undefined;
    return {
      end: (isDone) => {
        this.progress.length = place;
        if (isDone && progress.since === 0) {
          this.settled.remember(this, progress, this.arrivals, this.assumption);
        } else
          this.unsettle(
            progress,
            progress.isPeeking ? PEEKING : isDone ? progress.low : Math.min(progress.low, place - 1),
          );
        const outer = this.progress.at(-1);
        if (outer) {
          outer.low = Math.min(outer.low, progress.low);
          outer.isPeeking ||= progress.isPeeking;
          for (const name of progress.needs) outer.needs.add(name);
          for (const name of progress.asked) outer.asked.add(name);
        }
        this.assumption = outerAssumption ?? this.assumption;
      },
    };
  }

  /** What began with a module that failed, or that saw an unfinished one, is as unsettled as that. */
  private unsettle({ module, since }: Progress, low: number): void {
    for (const one of [module, ...this.arrivals.slice(since)]) {
      if (!this.settled.isSettled(one))
        this.unsettled.set(one, Math.min(low, this.unsettled.get(one) ?? low));
    }
  }

  see(module: ModuleValue): void {
    const top = this.progress.at(-1);
    if (top === undefined || top.module === module) return;
    top.asked.add(module.name);
    if (this.settled.isSettled(module)) top.needs.add(module.name);
    else if (module.initializing)
      top.low = Math.min(
        top.low,
        this.progress.findIndex((one) => one.module === module),
      );
    else if (this.unsettled.get(module) === PEEKING) top.isPeeking = true;
    else top.low = Math.min(top.low, this.unsettled.get(module) ?? top.low);
  }

  seeChild(child: ModuleValue): void {
    const top = this.progress.at(-1);
    if (top === undefined || this.arrivals.lastIndexOf(child) >= top.since) return;
    if (child.initializing) this.see(child);
    else if (!top.needs.has(child.name)) top.isPeeking = true;
  }

  arrive(module: ModuleValue): void {
    this.arrivals.push(module);
  }

  seeAll(): void {
    const top = this.progress.at(-1);
    if (top) top.isPeeking = true;
  }
}

interface Share {
  readonly end: number;
  /** A call is being followed: calls in it share its share. */
  readonly isCall: boolean;
  readonly spent: WorkDone;
}
