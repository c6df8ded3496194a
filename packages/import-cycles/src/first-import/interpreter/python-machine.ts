import type { ModuleSource } from '../project/project-modules.ts';
import type { Argument, Expression, FunctionNode, Statement } from '../syntax/nodes.ts';
import type { Names } from './values/names.ts';
import type { PythonException } from './values/python-exception.ts';
import type { CallArguments, InstanceValue, ModuleValue, Scope, Value } from './values/value.ts';

/** How a block ended. */
export const NORMAL = 0;
export const BREAK = 1;
export const CONTINUE = 2;
export const RETURN = 3;
export type Completion = typeof NORMAL | typeof BREAK | typeof CONTINUE | typeof RETURN;

/** One call in progress. */
export interface Frame {
  readonly module: ModuleValue;
  /** A module's body, whose execution is an import. */
  readonly isModuleBody: boolean;
  line: number;
  /** The innermost scope: that of the call, or of a class body being executed in it. */
  scope: Scope;
  returned?: Value;
  /** It may have returned earlier, below a condition that is not known. */
  mayHaveReturned: boolean;
  /** Exceptions being handled, innermost last; what a bare `raise` raises. */
  readonly handling: PythonException[];
}

/** What an import of the interpreted program needs to know about a module that may exist. */
export type FoundModule =
  | { readonly kind: 'module'; readonly source: ModuleSource }
  | { readonly kind: 'namespace' }
  | { readonly kind: 'external' };

/** The core of the interpreter, as its parts see it. */
export interface PythonMachine {
  /** Python 3.`minor`. */
  readonly minor: number;
  readonly platform: string;
  /** `sys.modules`. */
  readonly loaded: Names;
  /** Every module whose execution was begun, in order. */
  readonly arrivals: ModuleValue[];
  readonly frames: Frame[];
  readonly builtins: ReadonlyMap<string, Value>;
  readonly frame: Frame;
  find(name: string, parent: ModuleValue | undefined): FoundModule | undefined;
  runModule(module: ModuleValue, source: ModuleSource): void;
  evaluate(node: Expression, scope: Scope): Value;
  run(block: readonly Statement[], scope: Scope): Completion;
  callArguments(args: readonly Argument[], scope: Scope): CallArguments;
  call(callee: Value, args: CallArguments): Value;
  lookUp(name: string, scope: Scope): Value;
  bind(name: string, value: Value, scope: Scope): void;
  assign(target: Expression, value: Value, scope: Scope): void;
  /** An attribute, or undefined where it raises AttributeError. */
  findAttribute(value: Value, name: string): Value | undefined;
  attribute(value: Value, name: string): Value;
  /** `__import__` of an absolute name: the module itself. */
  load(name: string): Value;
  raise(type: string, message: string, attributes?: Readonly<Record<string, Value>>): never;
  raiseInstance(value: InstanceValue): never;
  /** The `raise` statement. */
  raiseByStatement(value: InstanceValue): never;
  /** Raises what is more likely to come from following the program imprecisely than from the program. */
  raiseAside(type: string, message: string): never;
  /**
   * Runs code that may or may not be executed; where it raises, what it loaded is forgotten.
   * @returns what it raised, if it did
   */
  attempt(code: () => void): PythonException | undefined;
  /** Runs code in a call of its own. */
  inFrame<T>(frame: Frame, code: () => T): T;
  /** Follows a call, as far as its share of work goes. */
  follow(definition: FunctionNode, code: () => Value): Value;
  /** Notes that from here on the prediction rests on something that cannot be known from the source. */
  assume(reason: string): void;
  /** Whether a name that is missing in a module may be there nevertheless. */
  isOpenFor(module: ModuleValue, name: string): boolean;
  /** Whether the module has `from __future__ import annotations`. */
  postponesAnnotations(module: ModuleValue): boolean;
  /** Counts work, and ends what has taken its share. */
  spend(work: number): void;
}
