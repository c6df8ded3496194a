import type { PythonMachine } from '../python-machine.ts';
import { findInClass } from './class-attributes.ts';
import { EXCEPTION_CLASSES, isSubclass } from '../values/exception-classes.ts';
import { constant, sequence } from '../values/make-value.ts';
import { Names } from '../values/names.ts';
import type { CallArguments, ClassValue, InstanceValue, Value } from '../values/value.ts';
import { display, textOf } from '../values/what-is-known.ts';

/** `Class(…)`. */
export function instantiate(machine: PythonMachine, type: ClassValue, args: CallArguments): Value {
  if (isSubclass(type, EXCEPTION_CLASSES.get('BaseException')!) === true)
    return makeException(machine, type, args);
  const metaclass = type.metaclass?.kind === 'class' ? findInClass(type.metaclass, '__call__') : undefined;
  if (metaclass?.kind === 'function')
    return machine.call(metaclass, { ...args, positional: [type, ...args.positional] });
  let instance: Value = { kind: 'instance', type, names: new Names() };
  const construct = findInClass(type, '__new__');
  const method = construct?.kind === 'descriptor' ? construct.value : construct;
  if (method?.kind === 'function') {
    instance = machine.call(method, { ...args, positional: [type, ...args.positional] });
    if (instance.kind !== 'instance') return instance;
  }
  initialise(machine, instance as InstanceValue, args);
  return instance;
}

/** Calls `__init__`, where the class has one. */
export function initialise(machine: PythonMachine, instance: InstanceValue, args: CallArguments): void {
  const method = findInClass(instance.type, '__init__');
  if (method?.kind === 'function')
    machine.call(method, { ...args, positional: [instance, ...args.positional] });
}

function makeException(machine: PythonMachine, type: ClassValue, args: CallArguments): InstanceValue {
  const instance: InstanceValue = { kind: 'instance', type, names: new Names() };
  const { positional } = args;
  instance.names.set('args', sequence('tuple', [...positional]));
  const isKeyError = isSubclass(type, EXCEPTION_CLASSES.get('KeyError')!) === true;
  const shown = positional.map((value) =>
    positional.length > 1 || isKeyError ? display(value) : (textOf(value) ?? display(value)),
  );
  instance.names.set(
    '\0message',
    constant(positional.length > 1 ? `(${shown.join(', ')})` : (shown[0] ?? '')),
  );
  if (isSubclass(type, EXCEPTION_CLASSES.get('ImportError')!) === true) {
    for (const name of ['name', 'path']) instance.names.set(name, args.keywords.get(name) ?? constant(null));
    instance.names.set('msg', positional[0] ?? constant(null));
  }
  if (isSubclass(type, EXCEPTION_CLASSES.get('SystemExit')!) === true)
    instance.names.set('code', positional[0] ?? constant(null));
  initialise(machine, instance, args);
  return instance;
}
