import type { ProfileNode } from '../model/collection-profile.ts';

/** A node that is shown, with the part of its children that is. */
export interface ShownNode {
  readonly node: ProfileNode;
  /** Of a folder that holds nothing but one folder: both names, joined. */
  readonly name: string;
  readonly children: readonly ShownNode[];
  /** Its other children, as one. */
  readonly rest?: Rest;
}

/** Children that are not shown one by one. */
export interface Rest extends Pick<ProfileNode, 'wallMs' | 'cpuMs' | 'memoryBytes' | 'items' | 'errors'> {
  readonly folders: number;
  readonly files: number;
  readonly classes: number;
  readonly others: number;
}

export interface FoldOptions {
  /** Nodes that are shown, at most; the most expensive ones. */
  readonly most: number;
  /** The part of the whole (of wall time, CPU time or memory) that a node must have; default: 0. */
  readonly least?: number;
}

/** The part of a tree that matters. */
export function foldTree(root: ProfileNode, { most, least = 0 }: FoldOptions): ShownNode {
  const weights: { readonly node: ProfileNode; readonly weight: number }[] = [];
  const visit = (node: ProfileNode, above: number): void => {
    const weight = Math.min(above, weightOf(node, root, least));
    weights.push({ node, weight });
    for (const child of node.children) visit(child, weight);
  };
  visit(root, Infinity);
  // Stable: of equals the parent stays before its children.
  weights.sort((left, right) => right.weight - left.weight);
  const shown = new Set(
    weights
      .slice(0, most)
      .filter(({ weight }) => weight >= least)
      .map(({ node }) => node),
  );
  return show(root, shown.add(root), 'root');
}

function show(node: ProfileNode, shown: ReadonlySet<ProfileNode>, place: 'root' | 'below'): ShownNode {
  const [only, second] = node.children;
  if (place === 'below' && only !== undefined && second === undefined && bothFolders(node, only)) {
    const below = show(only, shown, 'below');
    return { ...below, node, name: `${node.name}/${below.name}` };
  }
  const hidden = node.children.filter((child) => !shown.has(child));
  // One line for one child says more than "1 more file".
  const seen =
    hidden.length === 1 && shown.has(node)
      ? node.children
      : node.children.filter((child) => shown.has(child));
  const rest = node.children.length - seen.length > 0 ? { rest: restOf(hidden) } : {};
  const children = seen
    .map((child) => show(child, shown, 'below'))
    .sort((left, right) => right.node.wallMs - left.node.wallMs);
  return { node, name: node.name, children, ...rest };
}

function bothFolders(upper: ProfileNode, lower: ProfileNode): boolean {
  return upper.kind === 'folder' && lower.kind === 'folder';
}

function restOf(nodes: readonly ProfileNode[]): Rest {
  const sum = (of: (node: ProfileNode) => number): number =>
    nodes.reduce((total, node) => total + of(node), 0);
  return {
    folders: sum(({ kind }) => (kind === 'folder' ? 1 : 0)),
    files: sum(({ kind }) => (kind === 'file' ? 1 : 0)),
    classes: sum(({ kind }) => (kind === 'class' ? 1 : 0)),
    others: sum(({ kind }) => (kind === 'other' ? 1 : 0)),
    wallMs: sum(({ wallMs }) => wallMs),
    cpuMs: sum(({ cpuMs }) => cpuMs),
    memoryBytes: sum(({ memoryBytes }) => memoryBytes),
    items: sum(({ items }) => items),
    errors: sum(({ errors }) => errors),
  };
}

function weightOf(node: ProfileNode, root: ProfileNode, least: number): number {
  const part = (value: number, whole: number): number => (whole > 0 ? value / whole : 0);
  const weight = Math.max(
    part(node.wallMs, root.wallMs),
    part(node.cpuMs, root.cpuMs),
    part(node.memoryBytes, root.memoryBytes),
  );
  // What is broken is worth a line, after all that costs more.
  return node.errors > 0 ? Math.max(weight, least) : weight;
}
