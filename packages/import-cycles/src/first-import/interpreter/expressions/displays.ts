import type { Expression } from '../../syntax/nodes.ts';
import { items } from '../containers/iteration.ts';
import type { PythonMachine } from '../python-machine.ts';
import { sequence } from '../values/make-value.ts';
import type { DictValue, Scope, Value } from '../values/value.ts';
import { keyOf } from '../values/what-is-known.ts';

/** `[a, *b]`, `(a, *b)` or `{a, *b}`. */
export function display(
  machine: PythonMachine,
  type: 'tuple' | 'list' | 'set',
  nodes: readonly Expression[],
  scope: Scope,
): Value {
  const result = sequence(type, []);
  for (const node of nodes) {
    const value = machine.evaluate(node, scope);
    if (node.kind !== 'starred') result.items.push(value);
    else {
      const more = items(machine, value);
      result.items.push(...more.items);
      if (more.open) result.open = true;
    }
  }
  return result;
}

/** Adds `key: value` to a dictionary, or without a key `**value`. */
export function addEntry(dict: DictValue, key: Value | undefined, value: Value): void {
  if (key === undefined) {
    if (value.kind === 'dict') for (const [text, entry] of value.entries) dict.entries.set(text, entry);
    if (value.kind !== 'dict' || value.open) dict.open = true;
    return;
  }
  const text = keyOf(key);
  if (text === undefined) dict.open = true;
  else dict.entries.set(text, { key, value });
}
