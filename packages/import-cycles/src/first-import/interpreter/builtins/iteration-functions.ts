import { type Computed } from './computed.ts';
import { items } from '../containers/iteration.ts';
import type { PythonMachine } from '../python-machine.ts';
import { UNKNOWN, constant, dictionary, sequence, NONE } from '../values/make-value.ts';
import { trail, changing } from '../values/trail.ts';
import type { Value } from '../values/value.ts';
import { keyOf, textOf, truthOf } from '../values/what-is-known.ts';

/** Functions that make collections, and go through them. */
export function iterationFunctions(machine: PythonMachine): Record<string, Computed> {
  const list =
    (type: 'list' | 'tuple' | 'set'): Computed =>
    ({ positional: [first] }) => {
      const known = first === undefined ? sequence(type, []) : items(machine, first);
      return sequence(type, [...known.items], known.open);
    };
  return {
    list: list('list'),
    tuple: list('tuple'),
    set: list('set'),
    frozenset: list('set'),
    sorted: ({ positional: [value] }) => {
      const known = value === undefined ? sequence('list', []) : items(machine, value);
      const texts = known.items.map(textOf);
      return sequence(
        'list',
        texts.includes(undefined) ? [...known.items] : (texts as string[]).sort().map(constant),
        known.open,
      );
    },
    reversed: ({ positional: [value] }) => {
      const known = value === undefined ? sequence('list', []) : items(machine, value);
      return sequence('list', [...known.items].reverse(), known.open);
    },
    enumerate: ({ positional: [value] }) => {
      const known = value === undefined ? sequence('list', []) : items(machine, value);
      return sequence(
        'list',
        known.items.map((item, index) => sequence('tuple', [constant(index), item])),
        known.open,
      );
    },
    zip: ({ positional }) => {
      const columns = positional.map((value) => items(machine, value));
      const count = Math.min(...columns.map((column) => column.items.length));
      const rows = Array.from({ length: Number.isFinite(count) ? count : 0 }, (_, row) =>
        sequence(
          'tuple',
          columns.map((column) => column.items[row]!),
        ),
      );
      return sequence(
        'list',
        rows,
        columns.some((column) => column.open),
      );
    },
    map: ({ positional: [callee, ...iterables] }) =>
      deferred(() => {
        const known = iterables[0] === undefined ? sequence('list', []) : items(machine, iterables[0]);
        const values = known.items.map((item) =>
          iterables.length > 1 || callee === undefined ? UNKNOWN : callWith(machine, callee, item),
        );
        return sequence('list', values, known.open);
      }),
    filter: ({ positional: [callee, iterable] }) =>
      deferred(() => {
        const known = iterable === undefined ? sequence('list', []) : items(machine, iterable);
        const truths = known.items.map((item) =>
          truthOf(callee === undefined || callee === NONE ? item : callWith(machine, callee, item)),
        );
        return sequence(
          'list',
          known.items.filter((_, index) => truths[index] !== false),
          known.open || truths.includes(undefined),
        );
      }),
    range: ({ positional }) => range(positional),
    len: ({ positional: [value] }) => length(machine, value),
    dict: ({ positional: [value], keywords, open }) => makeDict(machine, value, keywords, open),
    any: ({ positional: [value] }) => quantify(machine, value, true),
    all: ({ positional: [value] }) => quantify(machine, value, false),
    next: ({ positional: [value, fallback] }) => {
      if (value?.kind !== 'generator') return UNKNOWN;
      const known = value.run();
      changing(known);
      return known.items.shift() ?? (known.open ? UNKNOWN : (fallback ?? machine.raise('StopIteration', '')));
    },
    iter: ({ positional: [value] }) => value ?? UNKNOWN,
    sum: ({ positional: [value] }) => consumed(machine, value),
    min: ({ positional: [value] }) => consumed(machine, value),
    max: ({ positional: [value] }) => consumed(machine, value),
  };
}

function callWith(machine: PythonMachine, callee: Value, ...positional: Value[]): Value {
  return machine.call(callee, { positional, keywords: new Map(), open: false });
}

function deferred(compute: () => ReturnType<typeof items>): Value {
  let result: ReturnType<typeof items> | undefined;
  const run = (): ReturnType<typeof items> => {
    if (result === undefined) {
      result = compute();
      trail().note(() => (result = undefined));
    }
    return result;
  };
  return { kind: 'generator', run };
}

function range(positional: readonly Value[]): Value {
  const bounds = positional.map((value) =>
    value.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined,
  );
  if (bounds.includes(undefined) || bounds.length > 2) return sequence('list', [], true);
  const [from, to] = bounds.length === 1 ? [0, bounds[0]!] : [bounds[0]!, bounds[1]!];
  const count = Math.max(0, to - from);
  return sequence(
    'list',
    Array.from({ length: Math.min(count, 2_000) }, (_, index) => constant(from + index)),
    count > 2_000,
  );
}

function length(machine: PythonMachine, value: Value | undefined): Value {
  if (value === undefined) return UNKNOWN;
  if (textOf(value) !== undefined) return constant([...textOf(value)!].length);
  if (value.kind !== 'sequence' && value.kind !== 'dict') return UNKNOWN;
  const known = items(machine, value);
  return known.open ? UNKNOWN : constant(known.items.length);
}

function makeDict(
  machine: PythonMachine,
  value: Value | undefined,
  keywords: ReadonlyMap<string, Value>,
  open: boolean,
): Value {
  const dict = dictionary(open);
  if (value?.kind === 'dict') {
    for (const [text, entry] of value.entries) dict.entries.set(text, entry);
    dict.open ||= value.open;
  } else if (value !== undefined) {
    const pairs = items(machine, value);
    dict.open ||= pairs.open;
    for (const pair of pairs.items) {
      const [key, one] = pair.kind === 'sequence' ? pair.items : [];
      const text = key && keyOf(key);
      if (text === undefined || one === undefined) dict.open = true;
      else dict.entries.set(text, { key: key!, value: one });
    }
  }
  for (const [word, one] of keywords) dict.entries.set(`s:${word}`, { key: constant(word), value: one });
  return dict;
}

function quantify(machine: PythonMachine, value: Value | undefined, wanted: boolean): Value {
  if (value === undefined) return UNKNOWN;
  const known = items(machine, value);
  const truths = known.items.map(truthOf);
  if (truths.includes(wanted)) return constant(wanted);
  return known.open || truths.includes(undefined) ? UNKNOWN : constant(!wanted);
}

function consumed(machine: PythonMachine, value: Value | undefined): Value {
  if (value?.kind === 'generator') value.run();
  else if (value) void machine;
  return UNKNOWN;
}
