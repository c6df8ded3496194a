import { dirname, resolve } from 'node:path';
import { mergeServices, withoutResets } from '../tree/merge.ts';
import type { Lookup } from '../tree/interpolate.ts';
import { entryAt } from '../tree/node.ts';
import type { MapEntry, MapNode, TreeNode } from '../tree/node.ts';
import { mistake, unexpected } from '../values/mistake.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { completeService } from './extends.ts';
import { readDocuments, shownPath } from './file-source.ts';
import type { Reading } from './file-source.ts';

/** Everything that some files say together, not yet looked at value by value. */
export interface Model {
  readonly name: MapEntry | undefined;
  /** Services in their long form. */
  readonly services: ReadonlyMap<string, MapEntry>;
  readonly networks: ReadonlyMap<string, MapEntry>;
  readonly volumes: ReadonlyMap<string, MapEntry>;
}

/**
 * Joins compose files in their order, with what they extend and include.
 *
 * @param folder absolute: what paths are relative to.
 * @param including the files that led here, to find circles.
 * @throws UsageError
 */
export async function loadModel(
  files: readonly string[],
  folder: string,
  lookup: Lookup,
  reading: Reading,
  including: readonly string[] = [],
): Promise<Model> {
  let name: MapEntry | undefined;
  const services = new Map<string, MapEntry>();
  const networks = new Map<string, MapEntry>();
  const volumes = new Map<string, MapEntry>();
  const includes: { readonly clause: TreeNode; readonly file: string }[] = [];
  for (const file of files) {
    for (const document of await readDocuments(file, lookup, reading)) {
      name = entryAt(document, 'name') ?? name;
      const own = section(document, 'services');
      for (const [key, entry] of own) {
        const before = services.get(key);
        // An override may extend a service of an earlier file.
        const known = new Map([...services, ...own]);
        const node = isReset(entry)
          ? entry.node
          : await completeService(key, { file, folder, services: known, lookup }, reading);
        if (isReset(entry)) services.delete(key);
        else if (before?.node.kind !== 'map' || entry.node.tag === '!override')
          services.set(key, { ...entry, node });
        else services.set(key, { ...before, node: mergeServices(before.node, node as MapNode) });
      }
      for (const [key, entry] of section(document, 'networks')) networks.set(key, entry);
      for (const [key, entry] of section(document, 'volumes')) volumes.set(key, entry);
      const clause = entryAt(document, 'include')?.node;
      if (clause !== undefined) includes.push({ clause, file });
    }
  }
  for (const { clause, file } of includes)
    for (const included of await includedModels(clause, file, lookup, reading, [...including, ...files]))
      for (const [into, from, what] of [
        [services, included.services, 'service'],
        [networks, included.networks, 'network'],
        [volumes, included.volumes, 'volume'],
      ] as const)
        for (const [key, entry] of from) {
          if (what === 'service' && into.has(key))
            throw mistake(
              into.get(key)?.keyAt ?? entry.keyAt,
              `the included file ${entry.keyAt.path} has a service ${JSON.stringify(key)} too. Rename one of them, or change it in an override file instead.`,
            );
          if (!into.has(key)) into.set(key, entry);
        }
  return { name, services: cleaned(services), networks, volumes };
}

function isReset({ node }: MapEntry): boolean {
  return node.tag === '!reset';
}

function cleaned(services: ReadonlyMap<string, MapEntry>): ReadonlyMap<string, MapEntry> {
  return new Map(
    [...services].map(([key, entry]): [string, MapEntry] => [
      key,
      { ...entry, node: withoutResets(entry.node) },
    ]),
  );
}

function section(document: MapNode, key: string): ReadonlyMap<string, MapEntry> {
  const node = entryAt(document, key)?.node;
  if (node === undefined) return new Map();
  if (node.kind !== 'map') throw unexpected(node, key, 'a mapping of names');
  return node.entries;
}

/** `include: [path]`, or mappings with `path`, `project_directory` and `env_file`. */
async function includedModels(
  clause: TreeNode,
  file: string,
  lookup: Lookup,
  reading: Reading,
  including: readonly string[],
): Promise<readonly Model[]> {
  if (clause.kind !== 'list') throw unexpected(clause, 'include', 'a list of paths');
  const models: Model[] = [];
  for (const item of clause.items) {
    const paths = textsOf(item.kind === 'map' ? entryAt(item, 'path')?.node : item, item, 'include.path');
    const files = paths.map((path) => resolve(dirname(file), path));
    const circle = files.find((one) => including.includes(one));
    if (circle !== undefined)
      throw mistake(
        item.at,
        `include: ${shownPath(circle, reading.root)} includes itself, by ${including.map((one) => shownPath(one, reading.root)).join(' -> ')}. Take one include away.`,
      );
    const [directory] = texts(entryAt(item, 'project_directory')?.node);
    const folder = directory === undefined ? dirname(files[0] ?? file) : resolve(dirname(file), directory);
    const given = texts(entryAt(item, 'env_file')?.node).map((path) => resolve(dirname(file), path));
    const inner = await withEnvironmentFiles(given.length > 0 ? given : [resolve(folder, '.env')], lookup);
    models.push(await loadModel(files, folder, inner, reading, including));
  }
  return models;
}

/** Variables of the files, for what is not set already. */
export async function withEnvironmentFiles(paths: readonly string[], lookup: Lookup): Promise<Lookup> {
  let known = lookup;
  for (const path of paths) {
    const outer = known;
    const variables = await readEnvironmentFile(path, outer);
    if (variables !== undefined) known = (name) => outer(name) ?? variables.get(name);
  }
  return known;
}

function texts(node: TreeNode | undefined): readonly string[] {
  return node === undefined ? [] : textsOf(node, node, 'include');
}

function textsOf(node: TreeNode | undefined, around: TreeNode, key: string): readonly string[] {
  const items = node?.kind === 'list' ? node.items : node === undefined ? [] : [node];
  const found = items.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : [],
  );
  if (found.length === 0 || found.length < items.length) throw unexpected(node ?? around, key, 'a path');
  return found;
}
