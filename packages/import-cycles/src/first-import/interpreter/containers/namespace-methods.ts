import type { PythonMachine } from '../python-machine.ts';
import { NONE, UNKNOWN, constant, sequence } from '../values/make-value.ts';
import { quote } from '../values/quote.ts';
import { flag } from '../values/trail.ts';
import type { CallArguments, LoadedModulesValue, NamespaceValue, Value } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';

/** Calls a method of `globals()`, `vars(module)` or `sys.modules`. */
export function namesMethod(
  machine: PythonMachine,
  value: NamespaceValue | LoadedModulesValue,
  name: string,
  args: CallArguments,
): Value {
  const names = value.kind === 'namespace' ? value.names : machine.loaded;
  const [first, second] = args.positional;
  const key = textOf(first);
  const isCertain =
    value.kind === 'namespace' ? !value.module.open : key !== undefined && isOfProject(machine, key);
  switch (name) {
    case 'get':
      if (key === undefined) return UNKNOWN;
      return (
        (value.kind === 'namespace' ? names.get(key) : loadedModule(machine, key)) ??
        (isCertain ? (second ?? NONE) : UNKNOWN)
      );
    case 'pop': {
      if (key === undefined) return UNKNOWN;
      const found = names.get(key);
      names.delete(key);
      if (found === undefined && second === undefined && isCertain) machine.raise('KeyError', quote(key));
      return found ?? (isCertain ? (second ?? UNKNOWN) : UNKNOWN);
    }
    case 'setdefault':
      if (key === undefined) return UNKNOWN;
      if (!names.has(key)) names.set(key, second ?? NONE);
      return names.get(key)!;
    case 'keys':
    case 'copy':
      return name === 'copy'
        ? UNKNOWN
        : sequence('list', [...names.keys()].map(constant), value.kind !== 'namespace');
    case 'values':
      return sequence('list', [...names.values()], value.kind !== 'namespace');
    case 'items':
      return sequence(
        'list',
        [...names].map(([word, one]) => sequence('tuple', [constant(word), one])),
        value.kind !== 'namespace',
      );
    case 'update': {
      for (const [word, one] of args.keywords) names.set(word, one);
      // An empty dictionary is one whose filling was not followed: nobody updates a namespace with nothing.
      const isKnown =
        first === undefined ||
        (first.kind === 'dict' && first.entries.size > 0) ||
        first.kind === 'namespace';
      if (first?.kind === 'dict')
        for (const entry of first.entries.values())
          if (textOf(entry.key) !== undefined) names.set(textOf(entry.key)!, entry.value);
      if (first?.kind === 'namespace') for (const [word, one] of first.names) names.set(word, one);
      if (value.kind === 'namespace' && (!isKnown || args.open || (first?.kind === 'dict' && first.open)))
        flag(value.module, 'open');
      return NONE;
    }
  }
  return UNKNOWN;
}

/** `sys.modules.get(name)`: whether a module is there depends on the first import, but for what the asking one imported. */
export function loadedModule(machine: PythonMachine, name: string): Value | undefined {
  return machine.loaded.get(name);
}

/** Whether the first part of a dotted name belongs to the project, so that `sys.modules` is known about it. */
export function isOfProject(machine: PythonMachine, name: string): boolean {
  const kind = machine.find(name.split('.', 1)[0]!, undefined)?.kind;
  return kind === 'module' || kind === 'namespace';
}
