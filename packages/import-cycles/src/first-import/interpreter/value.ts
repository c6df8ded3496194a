import type { ConstantValue, FunctionNode } from '../syntax/nodes.ts';
import type { Names } from './names.ts';
import { trail } from './trail.ts';

/** A value about which nothing is known: it has every attribute and can be called. */
export interface UnknownValue {
  readonly kind: 'unknown';
}

/** A module outside the project, or something from it: assumed to be there, with any attribute. */
export interface ExternalValue {
  readonly kind: 'external';
  readonly path: string;
}

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
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly definition: FunctionNode;
  readonly module: ModuleValue;
  readonly scope: Scope;
  readonly defaults: ReadonlyMap<string, Value>;
  readonly attributes: Names;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly name: string;
  readonly names: Names;
  readonly bases: readonly Value[];
  readonly metaclass?: Value;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly type: ClassValue;
  readonly names: Names;
}

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

export interface CallArguments {
  readonly positional: readonly Value[];
  readonly keywords: ReadonlyMap<string, Value>;
  /** `*args` or `**kwargs` of unknown content are among them. */
  readonly open: boolean;
}

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

export const UNKNOWN: UnknownValue = { kind: 'unknown' };
export const NONE: Constant = { kind: 'constant', value: null };
export const TRUE: Constant = { kind: 'constant', value: true };
export const FALSE: Constant = { kind: 'constant', value: false };

export function constant(value: ConstantValue): Constant {
  if (value === null) return NONE;
  if (value === true) return TRUE;
  return value === false ? FALSE : { kind: 'constant', value };
}

export function sequence(type: 'list' | 'tuple' | 'set', items: Value[], open = false): SequenceValue {
  return { kind: 'sequence', type, items, open, saved: trail().barrier };
}

export function dictionary(open = false, entries: DictValue['entries'] = new Map()): DictValue {
  return { kind: 'dict', entries, open, saved: trail().barrier };
}

/** Sets one of a module's flags for good (as far as the trail does not go back behind it). */
export function flag(module: ModuleValue, name: 'open' | 'guessed'): void {
  if (module[name]) return;
  const flags: { [Name in 'open' | 'guessed']: boolean } = module;
  flags[name] = true;
  trail().note(() => (flags[name] = false));
}

export function builtin(name: string, call: (args: CallArguments) => Value): BuiltinValue {
  return { kind: 'builtin', name, call };
}

export function textOf(value: Value | undefined): string | undefined {
  return value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;
}

/** The name of a value's type, where it is certain. */
export function typeNameOf(value: Value): string | undefined {
  if (value.kind === 'sequence') return value.type;
  if (value.kind === 'module' || value.kind === 'function' || value.kind === 'dict') return value.kind;
  if (value.kind !== 'constant') return undefined;
  if (typeof value.value === 'object') return value.value === null ? 'NoneType' : undefined;
  if (typeof value.value === 'number') return Number.isInteger(value.value) ? 'int' : 'float';
  return typeof value.value === 'string' ? 'str' : 'bool';
}

/** `bool(value)`; undefined where it is not known. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'constant':
      return typeof value.value === 'object'
        ? value.value === null
          ? false
          : undefined
        : Boolean(value.value);
    case 'sequence':
      return value.items.length > 0 ? true : value.open ? undefined : false;
    case 'dict':
      return value.entries.size > 0 ? true : value.open ? undefined : false;
    case 'module':
    case 'function':
    case 'class':
    case 'method':
    case 'builtin':
    case 'generator':
    case 'sys-modules':
    case 'namespace':
      return true;
    case 'external':
      return value.path.includes('.') ? undefined : true;
    default:
      return undefined;
  }
}

/** What a dictionary finds equal, as text; undefined where that is not known. */
export function keyOf(value: Value): string | undefined {
  if (value.kind === 'constant') {
    if (value.value === null || typeof value.value !== 'object') {
      return typeof value.value === 'string'
        ? `s:${value.value}`
        : `c:${Number(value.value)}:${value.value === null}`;
    }
    return undefined;
  }
  if (value.kind === 'sequence' && value.type === 'tuple' && !value.open) {
    const keys = value.items.map(keyOf);
    return keys.includes(undefined) ? undefined : `(${keys.join(',')})`;
  }
  return undefined;
}

/** `a == b`, `a < b`…; undefined where it is not known. */
export function compare(operator: string, left: Value, right: Value): boolean | undefined {
  switch (operator) {
    case 'is':
    case '==':
      return equal(left, right);
    case 'is not':
    case '!=':
      return negate(equal(left, right));
    case '<':
    case '>':
    case '<=':
    case '>=': {
      const order = orderOf(left, right);
      if (order === undefined) return undefined;
      return operator === '<'
        ? order < 0
        : operator === '>'
          ? order > 0
          : operator === '<='
            ? order <= 0
            : order >= 0;
    }
  }
  return undefined;
}

export function negate(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function equal(left: Value, right: Value): boolean | undefined {
  if (left === right && left.kind !== 'unknown') return true;
  if (left.kind === 'unknown' || right.kind === 'unknown') return undefined;
  if (left.kind === 'constant' && right.kind === 'constant') {
    if (isOpaque(left) || isOpaque(right)) return undefined;
    return (
      left.value === right.value ||
      (Number(left.value) === Number(right.value) && isNumeric(left) && isNumeric(right))
    );
  }
  if (left.kind === 'external' && right.kind === 'external')
    return left.path === right.path ? true : undefined;
  if (left.kind === 'sequence' && right.kind === 'sequence') {
    if (left.type === 'set' || right.type === 'set' || left.open || right.open) return undefined;
    const order = left.type === right.type ? orderOf(left, right) : 1;
    return order === undefined ? undefined : order === 0;
  }
  if (
    left.kind === 'instance' ||
    right.kind === 'instance' ||
    left.kind === 'lazy' ||
    right.kind === 'lazy'
  ) {
    return isNone(left) || isNone(right) ? false : undefined;
  }
  // An external value is taken to be no constant of ours, None above all: it is there.
  return isNone(left) || isNone(right) || (left.kind !== 'external' && right.kind !== 'external')
    ? false
    : undefined;
}

function isNone(value: Value): boolean {
  return value.kind === 'constant' && value.value === null;
}

function isOpaque(value: Constant): boolean {
  return value.value !== null && typeof value.value === 'object';
}

function isNumeric(value: Constant): boolean {
  return typeof value.value === 'number' || typeof value.value === 'boolean';
}

function orderOf(left: Value, right: Value): number | undefined {
  if (left.kind === 'constant' && right.kind === 'constant') {
    if (isNumeric(left) && isNumeric(right)) return Number(left.value) - Number(right.value);
    const [one, two] = [textOf(left), textOf(right)];
    return one === undefined || two === undefined ? undefined : one < two ? -1 : one > two ? 1 : 0;
  }
  if (left.kind !== 'sequence' || right.kind !== 'sequence') return undefined;
  const shared = Math.min(left.items.length, right.items.length);
  for (let index = 0; index < shared; index++) {
    const order =
      orderOf(left.items[index]!, right.items[index]!) ??
      (equal(left.items[index]!, right.items[index]!) === true ? 0 : undefined);
    if (order === undefined) return undefined;
    if (order !== 0) return order;
  }
  if (left.open || right.open) return undefined;
  return left.items.length - right.items.length;
}
