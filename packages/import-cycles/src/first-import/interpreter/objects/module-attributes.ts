import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN } from '../values/make-value.ts';
import { quote } from '../values/quote.ts';
import type { ModuleValue, Value } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';

/** What every module has without binding it: attributes of `object` and of the module type. */
const OF_EVERY_MODULE: ReadonlySet<string> = new Set(
  '__class__ __init__ __new__ __repr__ __str__ __eq__ __ne__ __hash__ __dir__ __doc__ __getattribute__ __setattr__ __delattr__ __reduce__ __reduce_ex__ __format__ __sizeof__ __init_subclass__ __subclasshook__ __lt__ __le__ __gt__ __ge__ __annotations__'.split(
    ' ',
  ),
);

/** What `module.name` finds without `__getattr__`; undefined where it finds nothing. */
export function boundInModule(machine: PythonMachine, module: ModuleValue, name: string): Value | undefined {
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

/** Raises the AttributeError of an attribute that a module has not, in the words of this version. */
export function missing(machine: PythonMachine, module: ModuleValue, name: string): never {
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
