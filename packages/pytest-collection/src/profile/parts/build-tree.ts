import { basename, dirname, relative, sep } from 'node:path';
import type { ProfileNode } from '../../model/collection-profile.ts';
import type { CollectorCost, CollectorRecord, ConftestRecord, Recording } from '../../model/recording.ts';
import { directImports } from './heaviest-import.ts';
import { openCollector } from './open-collector.ts';
import { isInside, type ProjectPath, projectPath } from './project-path.ts';
import { type OwnCost, TreeNode } from './tree-node.ts';

const FOLDERS = new Set(['Dir', 'Directory', 'Package']);

/** What pytest does between the collectors: its hooks, and the making of items. */
const BETWEEN = 'pytest itself';

/** Collections of garbage that hit a collector by chance. */
const PAUSES = 'garbage collection';

/**
 * Folders, files and classes with what they cost. The root's time is that of the phase `collect` and of the conftests that
 * were loaded before it; what no collector accounts for is a node of its own. Where the run ended while something was
 * collected, that has the time up to the end.
 *
 * pytest before 8 has no collectors for folders: they are made from the paths of the files.
 *
 * @param cpuMs CPU time of the whole run, as its runner measured it
 */
export function buildTree(told: Recording, root: string, cpuMs?: number): ProfileNode {
  const tree = new PathTree(root);
  const open = openCollector(told, cpuMs);
  const recording =
    open === undefined ? told : { ...told, collectors: told.collectors.with(open.index, open.collector) };
  const nodes = placeCollectors(recording, tree);
  const unfinished = nodes[open?.index ?? -1];
  if (unfinished !== undefined) unfinished.unfinished = true;
  addConftests(recording, tree, nodes);
  addRest(recording, tree.root);
  addErrors(recording, tree);
  addParts(recording, tree);
  return tree.root.close();
}

/** Finds the node of each path; folders on the way are made. */
class PathTree {
  readonly root: TreeNode;
  readonly #base: string;
  readonly #show: ProjectPath;
  readonly #files = new Map<string, TreeNode>();

  constructor(base: string) {
    this.#base = base;
    this.#show = projectPath(base);
    this.root = new TreeNode(basename(base) || base, 'folder', '.');
  }

  folder(path: string): TreeNode {
    const inside = relative(this.#base, path);
    // The folders above the root, which pytest walks from its rootdir, cost next to nothing.
    if (inside === '' || isInside(path, this.#base)) return this.root;
    if (!isInside(this.#base, path)) return this.root.child(this.#show(path), 'folder', this.#show(path));
    let node = this.root;
    let at = this.#base;
    for (const name of inside.split(sep)) {
      at = `${at === sep ? '' : at}${sep}${name}`;
      node = node.child(name, 'folder', this.#show(at));
    }
    return node;
  }

  file(path: string): TreeNode {
    const node = this.folder(dirname(path)).child(basename(path), 'file', this.#show(path));
    this.#files.set(path, node);
    return node;
  }

  /** A file that is in the tree already. */
  known(path: string): TreeNode | undefined {
    return this.#files.get(path);
  }
}

function placeCollectors({ collectors }: Recording, tree: PathTree): TreeNode[] {
  const holdsPaths = new Set(
    collectors.filter((collector) => !collector.nodeId.includes('::')).map((collector) => collector.parent),
  );
  const nodes: TreeNode[] = [];
  collectors.forEach((collector, index) => {
    const node = placeOf(collector, nodes[collector.parent], holdsPaths.has(index), tree);
    nodes.push(node);
    if (collector.own !== undefined) {
      node.add(collector.own);
      const pause = pauseOf(collector.own);
      if (pause !== undefined) {
        node.add(pause, -1);
        tree.root.child(PAUSES, 'other').add(pause);
      }
    }
    node.items += collector.items;
  });
  return nodes;
}

/** A collector of which most was a collection of garbage was only the one that it happened to hit. */
function pauseOf({ wallMs, cpuMs, gcMs }: CollectorCost): OwnCost | undefined {
  return gcMs > 0.5 * wallMs ? { wallMs: gcMs, cpuMs: Math.min(gcMs, cpuMs), memoryBytes: 0 } : undefined;
}

function placeOf(
  { kind, nodeId, path }: CollectorRecord,
  parent: TreeNode | undefined,
  holdsPaths: boolean,
  tree: PathTree,
): TreeNode {
  if (kind === 'Session' || path === undefined) return parent ?? tree.root;
  if (nodeId.includes('::')) {
    const name = nodeId.slice(nodeId.lastIndexOf('::') + 2);
    const above = parent ?? tree.file(path);
    // pytest before 7 puts an instance between a class and its tests.
    return name === '()' ? above : above.child(name, /class|case/i.test(kind) ? 'class' : 'other');
  }
  if (!FOLDERS.has(kind) && !holdsPaths) return tree.file(path);
  return tree.folder(basename(path) === '__init__.py' ? dirname(path) : path);
}

/** A conftest is a file of its own in the tree, and no longer part of the collector during which it was loaded. */
function addConftests({ conftests, collectors, phases }: Recording, tree: PathTree, nodes: TreeNode[]): void {
  const begin = phases.find((phase) => phase.name === 'collect')?.atMs ?? Infinity;
  for (const conftest of conftests) {
    tree.file(conftest.path).add(conftest);
    if (conftest.atMs < begin) continue;
    const around = collectorAround(conftest, collectors);
    if (around !== -1) nodes[around]?.add(conftest, -1);
  }
}

/** The collector during whose own time a conftest was loaded; -1 where it cannot be told. */
function collectorAround(conftest: ConftestRecord, collectors: readonly CollectorRecord[]): number {
  const end = conftest.atMs + conftest.wallMs;
  const before = (row: CollectorRecord) =>
    row.atMs <= conftest.atMs && (row.own?.wallMs ?? 0) + 0.5 >= conftest.wallMs;
  const certain = collectors.findLastIndex(
    (row) => before(row) && row.atMs + (row.own?.wallMs ?? 0) + 0.5 >= end,
  );
  // Collectors that collect others meanwhile last longer than their own time.
  return certain === -1 ? collectors.findLastIndex((row) => before(row) && isOuter(row)) : certain;
}

const isOuter = ({ kind }: CollectorRecord): boolean => kind === 'Session' || FOLDERS.has(kind);

/** The rest of the phase. */
function addRest({ phases, collectors, conftests }: Recording, root: TreeNode): void {
  const phase = phases.find(({ name }) => name === 'collect');
  if (phase === undefined) return;
  const inside = collectors.flatMap(({ own }): OwnCost[] => (own === undefined ? [] : [own]));
  const loose = conftests.filter(
    (conftest) => conftest.atMs >= phase.atMs && collectorAround(conftest, collectors) === -1,
  );
  const rest = (pick: (cost: OwnCost) => number) =>
    [...inside, ...loose].reduce((left, cost) => left - pick(cost), pick(phase));
  const node = root.child(BETWEEN, 'other');
  node.add({
    wallMs: Math.max(
      0,
      rest((cost) => cost.wallMs),
    ),
    cpuMs: Math.max(
      0,
      rest((cost) => cost.cpuMs),
    ),
    memoryBytes: rest((cost) => cost.memoryBytes),
  });
}

function addErrors({ errors }: Recording, tree: PathTree): void {
  for (const { path } of errors) {
    if (path === undefined) tree.root.errors++;
    else if (/\.[^./\\]+$/.test(path)) tree.file(path).errors++;
    else tree.folder(path).errors++;
  }
}

function addParts({ sources, imports }: Recording, tree: PathTree): void {
  const direct = directImports(imports);
  for (const { path, rewriteMs, execMs } of sources) {
    // Plugins are rewritten too, and are no part of the tree.
    const node = tree.known(path);
    if (node === undefined) continue;
    const importMs = (direct.get(path) ?? []).reduce((sum, { record }) => sum + record.wallMs, 0);
    node.parts = { rewriteMs, execMs: Math.max(0, execMs - importMs), importMs };
  }
}
