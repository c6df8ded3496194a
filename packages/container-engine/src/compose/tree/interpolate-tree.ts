import { mistake } from '../values/mistake.ts';
import type { ComposeWarning } from '../compose-project.ts';
import { BadVariable, interpolate } from './interpolate.ts';
import type { Lookup } from './interpolate.ts';
import type { MapEntry, TreeNode } from './node.ts';

/**
 * Fills in the variables of every text of a tree; keys stay as they are.
 *
 * @throws UsageError for a variable that must be set and is not, and for what is no variable.
 */
export function interpolateTree(
  node: TreeNode,
  lookup: Lookup,
  warn: (warning: ComposeWarning) => void,
): TreeNode {
  switch (node.kind) {
    case 'list':
      return { ...node, items: node.items.map((item) => interpolateTree(item, lookup, warn)) };
    case 'map':
      return {
        ...node,
        entries: new Map(
          [...node.entries].map(([key, entry]): [string, MapEntry] => [
            key,
            { ...entry, node: interpolateTree(entry.node, lookup, warn) },
          ]),
        ),
      };
    case 'scalar': {
      if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
      const onUnset = (name: string): void =>
        warn({
          kind: 'unset-variable',
          message: `the variable ${name} is not set and counts as empty`,
          location: node.at,
        });
      try {
        return { ...node, value: interpolate(node.value, lookup, onUnset) };
      } catch (error) {
        if (error instanceof BadVariable) throw mistake(node.at, `${error.message}.`);
        throw error;
      }
    }
  }
}
