import { items } from './iteration.ts';
import type { PythonMachine } from '../python-machine.ts';
import { NONE, UNKNOWN, sequence } from '../values/make-value.ts';
import { quote } from '../values/quote.ts';
import { changing } from '../values/trail.ts';
import type { CallArguments, SequenceValue, Value } from '../values/value.ts';
import { keyOf } from '../values/what-is-known.ts';

/** Methods that change the list or set. */
const CHANGES: ReadonlySet<string> = new Set(
  'append add extend update insert remove discard clear pop'.split(' '),
);

/** Calls a method of a list, tuple or set. */
export function listMethod(
  machine: PythonMachine,
  list: SequenceValue,
  name: string,
  { positional }: CallArguments,
): Value {
  const [first, second] = positional;
  if (CHANGES.has(name)) changing(list);
  switch (name) {
    case 'append':
      if (first !== undefined) list.items.push(first);
      return NONE;
    case 'add':
      if (first !== undefined && positionOf(list, first) < 0) list.items.push(first);
      return NONE;
    case 'extend':
    case 'update': {
      const more = first === undefined ? undefined : items(machine, first);
      list.items.push(...(more?.items ?? []));
      if (more === undefined || more.open) list.open = true;
      return NONE;
    }
    case 'insert':
      if (second !== undefined) {
        const at = first?.kind === 'constant' && typeof first.value === 'number' ? first.value : 0;
        list.items.splice(at, 0, second);
      }
      return NONE;
    case 'remove':
    case 'discard': {
      const at = first === undefined ? -1 : positionOf(list, first);
      if (at >= 0) list.items.splice(at, 1);
      else if (name === 'remove' && isCertain(list) && first !== undefined && keyOf(first) !== undefined)
        machine.raise('ValueError', 'list.remove(x): x not in list');
      return NONE;
    }
    case 'clear':
      list.items = [];
      return NONE;
    case 'copy':
      return sequence(list.type, [...list.items], list.open);
    case 'pop':
      return pop(machine, list, first);
    case 'sort':
    case 'reverse':
      return NONE;
  }
  return UNKNOWN;
}

function positionOf(list: SequenceValue, value: Value): number {
  const key = keyOf(value);
  return key === undefined ? -1 : list.items.findIndex((item) => keyOf(item) === key);
}

/** Whether all items are known to be what they are. */
function isCertain({ open, items: known }: SequenceValue): boolean {
  return !open && known.every((item) => keyOf(item) !== undefined);
}

function pop(machine: PythonMachine, list: SequenceValue, index: Value | undefined): Value {
  if (list.items.length === 0 && !list.open) {
    if (list.type === 'set') machine.raise('KeyError', quote('pop from an empty set'));
    machine.raise('IndexError', 'pop from empty list');
  }
  if (list.type === 'list' && (index === undefined || isNumber(index, -1)))
    return list.open ? UNKNOWN : list.items.pop()!;
  if (list.type === 'list' && isNumber(index, 0)) return list.items.shift() ?? UNKNOWN;
  list.open = true;
  list.items = [];
  return UNKNOWN;
}

function isNumber(value: Value | undefined, number: number): boolean {
  return value?.kind === 'constant' && value.value === number;
}
