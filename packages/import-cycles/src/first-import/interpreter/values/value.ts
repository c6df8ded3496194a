import type { ConstantValue, FunctionNode } from '../../syntax/nodes.ts';
import type { Names } from './names.ts';

/** A value about which nothing is known: it has every attribute and can be called. */
export interface UnknownValue {
  readonly kind: 'unknown';
}

/** A module outside the project, or something from it: assumed to be there, with any attribute. */
export interface ExternalValue {
  readonly kind: 'external';
  readonly path: string;
}

/** A number, string, truth value, None, or a constant of which only its type matters. */
export interface Constant {
  readonly kind: 'constant';
  readonly value: ConstantValue;
}

/** A list, tuple or set; `open` where it may hold more than `items`. */
export interface SequenceValue {
  readonly kind: 'sequence';
  readonly type: 'list' | 'tuple' | 'set';
  items: Value[];
  open: boolean;
  /** The trail's barrier when it was made or last noted there. */
  saved: number;
}

/** A dictionary by the keys' `keyOf`; `open` where it may hold more. */
export interface DictValue {
  readonly kind: 'dict';
  entries: Map<string, { readonly key: Value; readonly value: Value }>;
  open: boolean;
  saved: number;
}

/** A namespace seen as a dictionary: `globals()`, `vars(module)`, `module.__dict__`. */
export interface NamespaceValue {
  readonly kind: 'namespace';
  readonly names: Names;
  readonly module: ModuleValue;
}

/** `sys.modules`. */
export interface LoadedModulesValue {
  readonly kind: 'sys-modules';
}

/** A module of the project. */
export interface ModuleValue {
  readonly kind: 'module';
  readonly name: string;
  /** Index in the graph; -1 for a namespace package. */
  readonly index: number;
  readonly isPackage: boolean;
  /** Absolute; undefined for a namespace package. */
  readonly file: string | undefined;
  readonly names: Names;
  /** `__spec__._initializing`: its body is still being executed. */
  initializing: boolean;
  /** `__spec__._uninitialized_submodules` (3.12+). */
  readonly uninitializedSubmodules: string[];
  /** Names may have been bound in ways that cannot be followed: none is certainly missing. */
  readonly open: boolean;
  /** Its body made a choice that the source does not tell: a name that its source binds nowhere may still be there. */
  readonly guessed: boolean;
  /** It was imported in one of several alternatives: it may not be there. */
  readonly doubtful: boolean;
}

/** A function of the project. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly definition: FunctionNode;
  readonly module: ModuleValue;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, Value>;
  readonly attributes: Names;
}

/** A class of the project, or a built-in exception. */
export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly names: Names;
  readonly bases: readonly Value[];
  readonly metaclass?: Value;
}

/** An instance of a class of the project, or an exception. */
export interface InstanceValue {
  readonly kind: 'instance';
  readonly type: ClassValue;
  readonly names: Names;
}

/** A function bound to its first argument. */
export interface MethodValue {
  readonly kind: 'method';
  readonly callee: Value;
  readonly self: Value;
}

/** `property`, `classmethod`, `staticmethod` and their like. */
export interface DescriptorValue {
  readonly kind: 'descriptor';
  readonly type: 'property' | 'classmethod' | 'staticmethod';
  readonly value: Value;
}

/** `super()`. */
export interface SuperValue {
  readonly kind: 'super';
  readonly self: Value;
  readonly after: ClassValue;
}

/** A generator that has not run yet, or whose items are known. */
export interface GeneratorValue {
  readonly kind: 'generator';
  /** Runs it to its end and gives its items. */
  run(): SequenceValue;
}

/** A context manager that swallows exceptions: `contextlib.suppress(…)`. */
export interface SuppressValue {
  readonly kind: 'suppress';
  readonly types: readonly Value[];
}

/** A function that is computed here. */
export interface BuiltinValue {
  readonly kind: 'builtin';
  readonly name: string;
  call(args: CallArguments): Value;
}

/** A name that `lazy import` bound (PEP 810); the import is executed at its first use. */
export interface LazyValue {
  readonly kind: 'lazy';
  resolve(): Value;
}

/** What a name can stand for. */
export type Value =
  | UnknownValue
  | ExternalValue
  | Constant
  | SequenceValue
  | DictValue
  | NamespaceValue
  | LoadedModulesValue
  | ModuleValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | MethodValue
  | DescriptorValue
  | SuperValue
  | GeneratorValue
  | SuppressValue
  | BuiltinValue
  | LazyValue;

/** The arguments of a call, evaluated. */
export interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** `*args` or `**kwargs` of unknown content are among them. */
  readonly open: boolean;
}

/** Where names are looked up and bound. */
export interface Scope {
  readonly kind: 'module' | 'class' | 'function';
  readonly names: Names;
  readonly module: ModuleValue;
  /** Where free names are looked up next; undefined straight below the module. */
  readonly outer?: Scope;
  /** Names that the code of a function binds (found by the compiler): unbound, they are no globals. */
  readonly locals?: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
  /** It is a scope of type parameters, which sees the class it stands in. */
  readonly ofAnnotations?: true;
  /** It holds the variables of a comprehension: `:=` binds outside of it. */
  readonly isComprehension?: true;
  /** A module's `__getattr__`, which says by AttributeError what is not there. */
  readonly isModuleHook?: true;
  /** The class whose body a function stands in, for `super()`; filled when the class exists. */
  ownerClass?: { value?: ClassValue };
  /** First argument of the call, for `super()`. */
  self?: Value;
  /** Where a generator function collects what it yields. */
  yielded?: SequenceValue;
}
