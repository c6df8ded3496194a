import { items } from './iteration.ts';
import { isOfProject, loadedModule } from './namespace-methods.ts';
import type { PythonMachine } from '../python-machine.ts';
import { compare } from '../values/comparison.ts';
import type { Value } from '../values/value.ts';
import { keyOf, textOf } from '../values/what-is-known.ts';

/** `needle in hay`; undefined where it is not known. */
export function contains(machine: PythonMachine, hay: Value, needle: Value): boolean | undefined {
  const name = textOf(needle);
  switch (hay.kind) {
    case 'sys-modules':
      if (name === undefined) return undefined;
      return loadedModule(machine, name) !== undefined
        ? true
        : isOfProject(machine, name)
          ? false
          : undefined;
    case 'namespace':
      return name === undefined
        ? undefined
        : hay.names.has(name)
          ? true
          : hay.module.open
            ? undefined
            : false;
    case 'dict': {
      const key = keyOf(needle);
      return key === undefined ? undefined : hay.entries.has(key) ? true : hay.open ? undefined : false;
    }
    case 'constant':
      return typeof hay.value === 'string' && name !== undefined ? hay.value.includes(name) : undefined;
    case 'sequence':
    case 'generator': {
      const { items: known, open } = items(machine, hay);
      let certain = !open;
      for (const item of known) {
        const same = compare('==', item, needle);
        if (same === true) return true;
        if (same === undefined) certain = false;
      }
      return certain ? false : undefined;
    }
  }
  return undefined;
}
