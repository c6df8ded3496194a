import type { SourceLocation } from '@seaworthy/scenario';

/** A value of a YAML file with its place, aliases and merge keys resolved. */
export type TreeNode = ScalarNode | ListNode | MapNode;

interface Common {
  readonly at: SourceLocation;
  /** Compose's own tags: take away what earlier files say, or take this one's place whole. */
  readonly tag?: '!reset' | '!override';
}

export interface ScalarNode extends Common {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** As it was written, before variables were filled in. */
  readonly source: string;
}

export interface ListNode extends Common {
  readonly kind: 'list';
  readonly items: readonly TreeNode[];
}

export interface MapEntry {
  readonly keyAt: SourceLocation;
  readonly node: TreeNode;
}

export interface MapNode extends Common {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, MapEntry>;
}

/** What is at a path of keys, or `undefined`; what is empty (`null`) is not there. */
export function entryAt(node: TreeNode | undefined, ...path: readonly string[]): MapEntry | undefined {
  let found: MapEntry | undefined;
  let inner = node;
  for (const key of path) {
    found = inner?.kind === 'map' ? inner.entries.get(key) : undefined;
    inner = found?.node;
  }
  return isEmpty(inner) ? undefined : found;
}

export function isEmpty(node: TreeNode | undefined): boolean {
  return node === undefined || (node.kind === 'scalar' && node.value === null);
}

/** A map with an entry changed or added. */
export function withEntry(map: MapNode, key: string, entry: MapEntry): MapNode {
  return { ...map, entries: new Map(map.entries).set(key, entry) };
}

/** A value of ours, in the place of one that was written. */
export function scalar(value: string, at: SourceLocation): ScalarNode {
  return { kind: 'scalar', value, source: value, at };
}
