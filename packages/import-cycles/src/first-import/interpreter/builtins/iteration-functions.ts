import { items } from '../containers/iteration.ts';
import type { Machine } from '../machine.ts';
import { UNKNOWN, constant, dictionary, sequence } from '../values/make-value.ts';
import { trail } from '../values/trail.ts';
import type { Value } from '../values/value.ts';
import { keyOf, textOf, truthOf } from '../values/what-is-known.ts';

export function callWith(machine: Machine, callee: Value, ...positional: Value[]): Value {
  return machine.call(callee, { positional, keywords: new Map(), open: false });
}

export function deferred(compute: () => ReturnType<typeof items>): Value {
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

export function range(positional: readonly Value[]): Value {
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

export function length(machine: Machine, value: Value | undefined): Value {
  if (value === undefined) return UNKNOWN;
  if (textOf(value) !== undefined) return constant([...textOf(value)!].length);
  if (value.kind !== 'sequence' && value.kind !== 'dict') return UNKNOWN;
  const known = items(machine, value);
  return known.open ? UNKNOWN : constant(known.items.length);
}

export function makeDict(
  machine: Machine,
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

export function quantify(machine: Machine, value: Value | undefined, wanted: boolean): Value {
  if (value === undefined) return UNKNOWN;
  const known = items(machine, value);
  const truths = known.items.map(truthOf);
  if (truths.includes(wanted)) return constant(wanted);
  return known.open || truths.includes(undefined) ? UNKNOWN : constant(!wanted);
}

export function consumed(machine: Machine, value: Value | undefined): Value {
  if (value?.kind === 'generator') value.run();
  else if (value) void machine;
  return UNKNOWN;
}
