import type { Argument } from '../../syntax/nodes.ts';
import { items } from '../containers/iteration.ts';
import type { PythonMachine } from '../python-machine.ts';
import type { CallArguments, Scope, Value } from '../values/value.ts';
import { textOf } from '../values/what-is-known.ts';

/** Evaluates the arguments of a call, in order. */
export function callArguments(
  machine: PythonMachine,
  args: readonly Argument[],
  scope: Scope,
): CallArguments {
  const positional: Value[] = [];
  const keywords = new Map<string, Value>();
  let open = false;
  for (const { value: node, name, unpack } of args) {
    const value = machine.evaluate(node, scope);
    if (unpack === 1) {
      const more = items(machine, value);
      positional.push(...more.items);
      open ||= more.open;
    } else if (unpack === 2) {
      if (value.kind === 'dict') {
        for (const entry of value.entries.values()) {
          const word = textOf(entry.key);
          if (word !== undefined) keywords.set(word, entry.value);
        }
      }
      open ||= value.kind !== 'dict' || value.open;
    } else if (name !== undefined) keywords.set(name, value);
    else positional.push(value);
  }
  return { positional, keywords, open };
}
