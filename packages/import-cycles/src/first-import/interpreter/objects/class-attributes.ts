import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN, builtin, constant } from '../values/make-value.ts';
import { Names } from '../values/names.ts';
import type { ClassValue, InstanceValue, Value } from '../values/value.ts';

/** `Class.name`. */
export function attributeOfClass(machine: PythonMachine, type: ClassValue, name: string): Value | undefined {
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

/** `instance.name`. */
export function attributeOfInstance(
  machine: PythonMachine,
  instance: InstanceValue,
  name: string,
): Value | undefined {
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

/** `super(after, self).name`. */
export function attributeOfSuper(
  machine: PythonMachine,
  self: Value,
  after: ClassValue,
  name: string,
): Value | undefined {
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

function bindTo(machine: PythonMachine, found: Value, self: Value, type: ClassValue): Value {
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
