import { isEmpty } from './node.ts';
import type { ListNode, MapEntry, MapNode, TreeNode } from './node.ts';

/** Lists that the last file gives whole; all others grow. Paths inside a service. */
const REPLACED: ReadonlySet<string> = new Set(['command', 'entrypoint', 'healthcheck.test']);

/**
 * What a service is when a second file, or a service that extends another, says something too: mappings are joined, lists
 * grow, everything else is replaced. Expects both in their long forms (see `normaliseService`).
 *
 * @see https://docs.docker.com/reference/compose-file/merge/
 */
export function mergeServices(base: MapNode, over: MapNode): MapNode {
  return mergeMaps(base, over, []);
}

/** A mapping without what `!reset` takes away. */
export function withoutResets(node: TreeNode): TreeNode {
  if (node.kind === 'list')
    return { ...node, items: node.items.filter(({ tag }) => tag !== '!reset').map(withoutResets) };
  if (node.kind !== 'map') return node;
  return {
    ...node,
    entries: new Map(
      [...node.entries]
        .filter(([, entry]) => entry.node.tag !== '!reset')
        .map(([key, entry]): [string, MapEntry] => [key, { ...entry, node: withoutResets(entry.node) }]),
    ),
  };
}

function mergeMaps(base: MapNode, over: MapNode, path: readonly string[]): MapNode {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const before = entries.get(key);
    if (entry.node.tag === '!reset') entries.delete(key);
    else if (before === undefined) entries.set(key, entry);
    else entries.set(key, mergeEntries(before, entry, [...path, key]));
  }
  return { ...over, entries };
}

function mergeEntries(base: MapEntry, over: MapEntry, path: readonly string[]): MapEntry {
  if (isEmpty(over.node)) return base;
  if (over.node.tag === '!override' || isEmpty(base.node)) return over;
  if (base.node.kind === 'map' && over.node.kind === 'map')
    return { ...over, node: mergeMaps(base.node, over.node, path) };
  if (base.node.kind === 'list' && over.node.kind === 'list' && !REPLACED.has(path.join('.')))
    return { ...over, node: joined(base.node, over.node, path) };
  return over;
}

/** Of two mounts in one place the last one counts. */
function joined(base: ListNode, over: ListNode, path: readonly string[]): ListNode {
  const keyOf = path.join('.') === 'volumes' ? targetOfVolume : textOf;
  const items = new Map<string, TreeNode>();
  for (const item of [...base.items, ...over.items]) items.set(keyOf(item), item);
  return { ...over, items: [...items.values()] };
}

function targetOfVolume(node: TreeNode): string {
  if (node.kind === 'map') return textOf(node.entries.get('target')?.node ?? node);
  const parts = textOf(node).split(':');
  return (parts.length === 1 ? parts[0] : parts[1]) ?? '';
}

function textOf(node: TreeNode): string {
  if (node.kind === 'scalar') return String(node.value);
  if (node.kind === 'list') return `[${node.items.map(textOf).join()}]`;
  return `{${[...node.entries].map(([key, entry]) => `${key}:${textOf(entry.node)}`).join()}}`;
}
