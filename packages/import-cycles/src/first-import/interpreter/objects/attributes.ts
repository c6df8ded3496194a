import { externalAttribute } from '../builtins/external-attributes.ts';
import { containerMethod } from '../containers/container-methods.ts';
import type { PythonMachine } from '../python-machine.ts';
import { attributeOfClass, attributeOfInstance, attributeOfSuper } from './class-attributes.ts';
import { boundInModule, missing } from './module-attributes.ts';
import { EXCEPTION_CLASSES, isSubclass } from '../values/exception-classes.ts';
import { UNKNOWN, constant } from '../values/make-value.ts';
import { PythonException } from '../values/python-exception.ts';
import { flag } from '../values/trail.ts';
import type { Value } from '../values/value.ts';

/** `value.name`; raises AttributeError in the interpreted program. */
export function attribute(machine: PythonMachine, value: Value, name: string): Value {
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
export function findAttribute(machine: PythonMachine, value: Value, name: string): Value | undefined {
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

function attributeOfOther(machine: PythonMachine, value: Value, name: string): Value | undefined {
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

/** `value.name = assigned`; raises AttributeError in the interpreted program where the value is None. */
export function setAttribute(machine: PythonMachine, value: Value, name: string, assigned: Value): void {
  if (lacks(value, name)) machine.raise('AttributeError', `'NoneType' object has no attribute '${name}'`);
  if (value.kind === 'module') {
    if (name === '__class__') flag(value, 'open');
    value.names.set(name, assigned);
  } else if (value.kind === 'class' || value.kind === 'instance') value.names.set(name, assigned);
  else if (value.kind === 'function') value.attributes.set(name, assigned);
}

/** `del value.name`. */
export function deleteAttribute(machine: PythonMachine, value: Value, name: string): void {
  if (value.kind === 'module') {
    if (!value.names.delete(name) && !value.open) {
      machine.raise(
        'AttributeError',
        machine.minor >= 11 ? `'module' object has no attribute '${name}'` : name,
      );
    }
  } else if (value.kind === 'class' || value.kind === 'instance') value.names.delete(name);
}
