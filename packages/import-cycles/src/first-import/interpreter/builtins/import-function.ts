import { items } from '../containers/iteration.ts';
import { load, loadRelative } from '../imports/find-and-load.ts';
import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN } from '../values/make-value.ts';
import type { CallArguments, Value } from '../values/value.ts';
import { textOf, truthOf } from '../values/what-is-known.ts';

/** `__import__(name, globals, locals, fromlist, level)`. */
export function importFunction(machine: PythonMachine, { positional, keywords }: CallArguments): Value {
  const name = textOf(positional[0] ?? keywords.get('name'));
  if (name === undefined) {
    machine.assume('what __import__() imports');
    return UNKNOWN;
  }
  const given = positional[4] ?? keywords.get('level');
  const level = given?.kind === 'constant' && typeof given.value === 'number' ? given.value : 0;
  const fromList = positional[3] ?? keywords.get('fromlist');
  const module = loadRelative(machine, name, level, machine.frame.module);
  if (fromList !== undefined && truthOf(fromList) !== false) {
    if (module.kind === 'module' && module.names.has('__path__')) {
      for (const item of items(machine, fromList).items) {
        const wanted = textOf(item);
        if (
          wanted !== undefined &&
          wanted !== '*' &&
          machine.findAttribute(module, wanted) === undefined &&
          machine.find(`${module.name}.${wanted}`, module)
        ) {
          load(machine, `${module.name}.${wanted}`);
        }
      }
    }
    return module;
  }
  return level > 0 || !name.includes('.') ? module : load(machine, name.split('.', 1)[0]!);
}
