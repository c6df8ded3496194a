import type { PythonMachine } from '../python-machine.ts';
import { NONE, UNKNOWN, constant, dictionary, sequence } from '../values/make-value.ts';
import { changing } from '../values/trail.ts';
import type { CallArguments, DictValue, Value } from '../values/value.ts';
import { display, keyOf } from '../values/what-is-known.ts';

/** Methods that change the dictionary. */
const CHANGES: ReadonlySet<string> = new Set(['setdefault', 'pop', 'update', 'clear']);

/** Calls a method of a dictionary. */
export function dictMethod(
  machine: PythonMachine,
  dict: DictValue,
  name: string,
  args: CallArguments,
): Value {
  const [first, second] = args.positional;
  const key = first === undefined ? undefined : keyOf(first);
  if (CHANGES.has(name)) changing(dict);
  switch (name) {
    case 'get':
      return (
        (key === undefined ? undefined : dict.entries.get(key)?.value) ??
        (dict.open || key === undefined ? UNKNOWN : (second ?? NONE))
      );
    case 'setdefault':
      if (key === undefined) return UNKNOWN;
      if (!dict.entries.has(key)) dict.entries.set(key, { key: first!, value: second ?? NONE });
      return dict.entries.get(key)!.value;
    case 'pop': {
      const found = key === undefined ? undefined : dict.entries.get(key)?.value;
      if (found !== undefined) dict.entries.delete(key!);
      else if (second === undefined && key !== undefined && !dict.open)
        machine.raise('KeyError', display(first!));
      return found ?? second ?? UNKNOWN;
    }
    case 'keys':
      return sequence(
        'list',
        [...dict.entries.values()].map((entry) => entry.key),
        dict.open,
      );
    case 'values':
      return sequence(
        'list',
        [...dict.entries.values()].map((entry) => entry.value),
        dict.open,
      );
    case 'items':
      return sequence(
        'list',
        [...dict.entries.values()].map((entry) => sequence('tuple', [entry.key, entry.value])),
        dict.open,
      );
    case 'update':
      for (const [word, value] of args.keywords)
        dict.entries.set(`s:${word}`, { key: constant(word), value });
      if (first?.kind === 'dict') for (const [text, entry] of first.entries) dict.entries.set(text, entry);
      if (args.open || (first !== undefined && (first.kind !== 'dict' || first.open))) dict.open = true;
      return NONE;
    case 'copy':
      return dictionary(dict.open, new Map(dict.entries));
    case 'clear':
      dict.entries.clear();
      return NONE;
  }
  return UNKNOWN;
}
