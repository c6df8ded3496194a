import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN, constant, sequence } from '../values/make-value.ts';
import type { SequenceValue, Value } from '../values/value.ts';

/** What iterating over a value gives, as far as it is known: `open` where more may come. */
export function items(machine: PythonMachine, value: Value): SequenceValue {
  switch (value.kind) {
    case 'sequence':
      return value;
    case 'dict':
      return sequence(
        'list',
        [...value.entries.values()].map(({ key }) => key),
        value.open,
      );
    case 'namespace':
      return sequence('list', [...value.names.keys()].map(constant), value.module.open);
    case 'constant':
      if (typeof value.value === 'string') return sequence('list', [...value.value].map(constant));
      if (value.value !== null && typeof value.value === 'object') return sequence('list', [], true);
      return machine.raise('TypeError', `${typeName(value)} object is not iterable`);
    case 'generator':
      return value.run();
    case 'instance': {
      const iterator = machine.findAttribute(value, '__iter__');
      if (iterator?.kind !== 'method') return sequence('list', [], true);
      const iterated = machine.call(iterator, { positional: [], keywords: new Map(), open: false });
      return iterated === value || iterated.kind === 'instance'
        ? sequence('list', [], true)
        : items(machine, iterated);
    }
    default:
      return sequence('list', [], true);
  }
}

function typeName(value: Value): string {
  if (value.kind !== 'constant') return "'object'";
  return value.value === null ? "'NoneType'" : typeof value.value === 'boolean' ? "'bool'" : "'int'";
}

/** Distributes an iterable's items over `count` targets, the one at `star` taking the rest. */
export function unpack(machine: PythonMachine, value: Value, count: number, star: number): Value[] {
  const { items: known, open } = items(machine, value);
  if (open)
    return Array.from({ length: count }, (_, index) =>
      index !== star && (star < 0 || index < star) ? (known[index] ?? UNKNOWN) : UNKNOWN,
    );
  if (star < 0) {
    if (known.length > count) machine.raise('ValueError', `too many values to unpack (expected ${count})`);
    if (known.length < count)
      machine.raise('ValueError', `not enough values to unpack (expected ${count}, got ${known.length})`);
    return known;
  }
  if (known.length < count - 1)
    machine.raise(
      'ValueError',
      `not enough values to unpack (expected at least ${count - 1}, got ${known.length})`,
    );
  const after = count - 1 - star;
  return [
    ...known.slice(0, star),
    sequence('list', known.slice(star, known.length - after)),
    ...known.slice(known.length - after),
  ];
}
