import type { Machine } from './machine.ts';
import { externalAttribute } from './external-attributes.ts';
import { PythonException, EXCEPTION_CLASSES } from './python-exception.ts';
import { isSubclass } from './python-exception.ts';
import { Names } from './names.ts';
import { quote } from './quote.ts';
import { containerMethod } from './container-methods.ts';
import {
  builtin,
  constant,
  flag,
  textOf,
  UNKNOWN,
  type ClassValue,
  type InstanceValue,
  type ModuleValue,
  type Value,
} from './value.ts';

/** What every module has without binding it: attributes of `object` and of the module type. */
const OF_EVERY_MODULE: ReadonlySet<string> = new Set(
  '__class__ __init__ __new__ __repr__ __str__ __eq__ __ne__ __hash__ __dir__ __doc__ __getattribute__ __setattr__ __delattr__ __reduce__ __reduce_ex__ __format__ __sizeof__ __init_subclass__ __subclasshook__ __lt__ __le__ __gt__ __ge__ __annotations__'.split(
    ' ',
  ),
);

/** `value.name`; raises AttributeError in the interpreted program. */
export function attribute(machine: Machine, value: Value, name: string): Value {
  if (lacks(value, name)) machine.raise('AttributeError', `'NoneType' object has no attribute '${name}'`);
  if (value.kind !== 'module') return attributeOfOther(machine, value, name) ?? UNKNOWN;
  const found = boundInModule(machine, value, name);
  if (found !== undefined) return found;
  const hook = value.names.get('__getattr__');
  if (hook !== undefined)
    return machine.call(hook, { positional: [constant(name)], keywords: new Map(), open: false });
  return missing(machine, value, name);
}

/** `getattr(value, name)`, or undefined where that raises AttributeError. */
export function findAttribute(machine: Machine, value: Value, name: string): Value | undefined {
  if (lacks(value, name)) return undefined;
  if (value.kind !== 'module') return attributeOfOther(machine, value, name) ?? UNKNOWN;
  const found = boundInModule(machine, value, name);
  if (found !== undefined || !value.names.has('__getattr__')) return found;
  try {
    return attribute(machine, value, name);
  } catch (error) {
    if (
      error instanceof PythonException &&
      isSubclass(error.value.type, EXCEPTION_CLASSES.get('AttributeError')!) === true
    )
      return undefined;
    throw error;
  }
}

/** None has the attributes of every object and no others: what a fallback leaves behind is soon found out by it. */
function lacks(value: Value, name: string): boolean {
  return value.kind === 'constant' && value.value === null && !(name.startsWith('__') && name.endsWith('__'));
}

function boundInModule(machine: Machine, module: ModuleValue, name: string): Value | undefined {
  const bound = module.names.get(name);
  if (bound !== undefined) {
    if (bound.kind !== 'lazy') return bound;
    const value = bound.resolve();
    module.names.set(name, value);
    return value;
  }
  if (name === '__dict__') return { kind: 'namespace', names: module.names, module };
  if (OF_EVERY_MODULE.has(name) && (name !== '__annotations__' || machine.minor >= 10)) return UNKNOWN;
  if (
    !machine.isOpenFor(module, name) ||
    module.names.has('__getattr__') ||
    name === '__path__' ||
    name === '__all__'
  )
    return undefined;
  machine.assume(`whether ${module.name} has an attribute ${name}`);
  return UNKNOWN;
}

function missing(machine: Machine, module: ModuleValue, name: string): never {
  const own = quote(textOf(module.names.get('__name__')) ?? module.name).slice(1, -1);
  const origin = machine.minor >= 13 && module.file !== undefined ? ` from '${module.file}'` : '';
  if (module.initializing) {
    machine.raise(
      'AttributeError',
      `partially initialized module '${own}'${origin} has no attribute '${name}' (most likely due to a circular import)`,
    );
  }
  if (machine.minor >= 11 && module.uninitializedSubmodules.includes(name)) {
    machine.raise(
      'AttributeError',
      `cannot access submodule '${name}' of module '${own}' (most likely due to a circular import)`,
    );
  }
  return machine.raise('AttributeError', `module '${own}' has no attribute '${name}'`);
}

function attributeOfOther(machine: Machine, value: Value, name: string): Value | undefined {
  switch (value.kind) {
    case 'external':
      return externalAttribute(machine, value.path, name);
    case 'class':
      return attributeOfClass(machine, value, name);
    case 'instance':
      return attributeOfInstance(machine, value, name);
    case 'super':
      return attributeOfSuper(machine, value.self, value.after, name);
    case 'function':
      return value.attributes.get(name) ?? (name === '__name__' ? constant(value.definition.name) : UNKNOWN);
    case 'constant':
    case 'sequence':
    case 'dict':
    case 'namespace':
    case 'sys-modules':
      return containerMethod(machine, value, name);
    case 'lazy':
      return attribute(machine, value.resolve(), name);
    default:
      return UNKNOWN;
  }
}

function attributeOfClass(machine: Machine, type: ClassValue, name: string): Value | undefined {
  const found = findInClass(type, name);
  if (found === undefined) {
    const ofMetaclass = type.metaclass?.kind === 'class' ? findInClass(type.metaclass, name) : undefined;
    if (ofMetaclass !== undefined) return bindTo(machine, ofMetaclass, type, type.metaclass as ClassValue);
    return name === '__name__' ? constant(type.name) : UNKNOWN;
  }
  if (found.kind === 'function' && (name === '__init_subclass__' || name === '__class_getitem__')) {
    return { kind: 'method', callee: found, self: type };
  }
  if (found.kind !== 'descriptor') return found;
  if (found.type === 'classmethod') return { kind: 'method', callee: found.value, self: type };
  return found.type === 'staticmethod' ? found.value : found;
}

function attributeOfInstance(machine: Machine, instance: InstanceValue, name: string): Value | undefined {
  const own = instance.names.get(name);
  if (own !== undefined) return own;
  if (name === '__class__') return instance.type;
  const found = findInClass(instance.type, name);
  if (found !== undefined) return bindTo(machine, found, instance, instance.type);
  const hook = findInClass(instance.type, '__getattr__');
  if (hook?.kind === 'function' && !(name.startsWith('__') && name.endsWith('__'))) {
    return machine.call(hook, { positional: [instance, constant(name)], keywords: new Map(), open: false });
  }
  return UNKNOWN;
}

function attributeOfSuper(machine: Machine, self: Value, after: ClassValue, name: string): Value | undefined {
  const type = self.kind === 'instance' ? self.type : self.kind === 'class' ? self : undefined;
  const order = type === undefined ? [] : linearise(type);
  for (const one of order.slice(order.indexOf(after) + 1)) {
    const found = one.names.get(name);
    if (found !== undefined) return bindTo(machine, found, self, type!);
  }
  if (name !== '__new__') return UNKNOWN;
  return builtin('__new__', ({ positional: [wanted] }) =>
    wanted?.kind === 'class' ? { kind: 'instance', type: wanted, names: new Names() } : UNKNOWN,
  );
}

function bindTo(machine: Machine, found: Value, self: Value, type: ClassValue): Value {
  if (found.kind === 'function') return { kind: 'method', callee: found, self };
  if (found.kind !== 'descriptor') return found;
  if (found.type === 'classmethod') return { kind: 'method', callee: found.value, self: type };
  if (found.type === 'staticmethod') return found.value;
  return machine.call(found.value, { positional: [self], keywords: new Map(), open: false });
}

/** What a class or one of its known bases binds. */
export function findInClass(type: ClassValue, name: string): Value | undefined {
  for (const one of linearise(type)) {
    const found = one.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The class and its known bases in the order of their search (each one's last place in a depth-first walk). */
export function linearise(type: ClassValue): ClassValue[] {
  const order: ClassValue[] = [];
  const walk = (one: ClassValue, depth: number): void => {
    order.push(one);
    if (depth < 50) for (const base of one.bases) if (base.kind === 'class') walk(base, depth + 1);
  };
  walk(type, 0);
  return order.filter((one, index) => order.lastIndexOf(one) === index);
}

/** `value.name = assigned`. */
export function setAttribute(value: Value, name: string, assigned: Value): void {
  if (value.kind === 'module') {
    if (name === '__class__') flag(value, 'open');
    value.names.set(name, assigned);
  } else if (value.kind === 'class' || value.kind === 'instance') value.names.set(name, assigned);
  else if (value.kind === 'function') value.attributes.set(name, assigned);
}

/** `del value.name`. */
export function deleteAttribute(machine: Machine, value: Value, name: string): void {
  if (value.kind === 'module') {
    if (!value.names.delete(name) && !value.open) {
      machine.raise(
        'AttributeError',
        machine.minor >= 11 ? `'module' object has no attribute '${name}'` : name,
      );
    }
  } else if (value.kind === 'class' || value.kind === 'instance') value.names.delete(name);
}
