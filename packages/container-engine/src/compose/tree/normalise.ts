import { isAbsolute, resolve } from 'node:path';
import { isEmpty, scalar, withEntry } from './node.ts';
import type { MapEntry, MapNode, TreeNode } from './node.ts';

/** May be lists of `KEY=value`, or mappings. */
const PAIRS = ['environment', 'labels', 'annotations', 'sysctls'] as const;
/** May be lists of names, or mappings. */
const NAMES = ['depends_on', 'networks'] as const;
/** May be one text, or a list of them. */
const LISTS = ['tmpfs', 'env_file', 'dns', 'dns_search', 'label_file'] as const;

/**
 * A service with every short form that merging must see through in its long form, and with paths made absolute: after
 * merging nobody knows any more which folder they are relative to.
 *
 * @param folder absolute.
 */
export function normaliseService(service: MapNode, folder: string): MapNode {
  let result = service;
  const change = (key: string, by: (node: TreeNode) => TreeNode): void => {
    const entry = result.entries.get(key);
    if (entry !== undefined && !isEmpty(entry.node))
      result = withEntry(result, key, { ...entry, node: keepTag(entry.node, by(entry.node)) });
  };
  for (const key of PAIRS) change(key, pairsAsMap);
  for (const key of NAMES) change(key, namesAsMap);
  for (const key of LISTS) change(key, asList);
  change('build', (node) => normaliseBuild(node, folder));
  change('env_file', (node) => eachText(node, (text) => resolve(folder, text), 'path'));
  change('volumes', (node) => eachText(node, (text) => absoluteVolume(text, folder), undefined));
  change('volumes', (node) =>
    eachMap(node, (map) => withPath(map, 'source', (text) => absoluteSource(text, folder))),
  );
  change('extends', (node) => (node.kind === 'scalar' ? mapOf(node, 'service', node) : node));
  return result;
}

function keepTag(before: TreeNode, after: TreeNode): TreeNode {
  return before.tag === undefined ? after : { ...after, tag: before.tag };
}

function mapOf(at: TreeNode, key: string, node: TreeNode): MapNode {
  return { kind: 'map', at: at.at, entries: new Map([[key, { keyAt: node.at, node }]]) };
}

function pairsAsMap(node: TreeNode): TreeNode {
  if (node.kind !== 'list') return node;
  const entries = new Map<string, MapEntry>();
  for (const item of node.items) {
    if (item.kind !== 'scalar') return node;
    const [, key = '', value] = /^([^=]*)(?:=([^]*))?$/.exec(String(item.value)) ?? [];
    const empty: TreeNode = { ...item, value: null };
    entries.set(key, {
      keyAt: item.at,
      node: value === undefined ? empty : { ...item, value },
    });
  }
  return { kind: 'map', at: node.at, entries };
}

function namesAsMap(node: TreeNode): TreeNode {
  if (node.kind !== 'list' || node.items.some(({ kind }) => kind !== 'scalar')) return node;
  const entries = node.items.map((item): [string, MapEntry] => [
    item.kind === 'scalar' ? String(item.value) : '',
    { keyAt: item.at, node: { kind: 'map', at: item.at, entries: new Map() } },
  ]);
  return { kind: 'map', at: node.at, entries: new Map(entries) };
}

function asList(node: TreeNode): TreeNode {
  return node.kind === 'scalar' ? { kind: 'list', at: node.at, items: [node] } : node;
}

/** An address of a repository stays as it is. */
function normaliseBuild(node: TreeNode, folder: string): TreeNode {
  const long = node.kind === 'scalar' ? mapOf(node, 'context', node) : node;
  if (long.kind !== 'map') return node;
  const complete = long.entries.has('context')
    ? long
    : withEntry(long, 'context', { keyAt: long.at, node: scalar('.', long.at) });
  const isAddress = (text: string): boolean =>
    /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^(git@|github\.com\/)/.test(text);
  return withPath(complete, 'context', (text) => (isAddress(text) ? text : resolve(folder, text)));
}

function withPath(map: MapNode, key: string, change: (text: string) => string): MapNode {
  const entry = map.entries.get(key);
  if (entry?.node.kind !== 'scalar' || typeof entry.node.value !== 'string') return map;
  return withEntry(map, key, { ...entry, node: { ...entry.node, value: change(entry.node.value) } });
}

function eachText(node: TreeNode, change: (text: string) => string, inMap: string | undefined): TreeNode {
  if (node.kind !== 'list') return node;
  const items = node.items.map((item): TreeNode => {
    if (item.kind === 'scalar' && typeof item.value === 'string')
      return { ...item, value: change(item.value) };
    return item.kind === 'map' && inMap !== undefined ? withPath(item, inMap, change) : item;
  });
  return { ...node, items };
}

function eachMap(node: TreeNode, change: (map: MapNode) => MapNode): TreeNode {
  if (node.kind !== 'list') return node;
  return { ...node, items: node.items.map((item) => (item.kind === 'map' ? change(item) : item)) };
}

/** `./data:/data:ro`: the source of a short form. */
function absoluteVolume(text: string, folder: string): string {
  const colon = text.indexOf(':');
  if (colon === -1) return text;
  return `${absoluteSource(text.slice(0, colon), folder)}${text.slice(colon)}`;
}

/** A bare name is a volume; a path begins with a dot, a tilde or a slash. */
function absoluteSource(text: string, folder: string): string {
  return !isAbsolute(text) && text.startsWith('.') ? resolve(folder, text) : text;
}
