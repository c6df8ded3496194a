import type { CollectionProfile, ProfileNode } from '../../model/collection-profile.ts';
import { foldTree, type Rest, type ShownNode } from '../fold-tree.ts';
import { printable } from '../printable.ts';
import { projectName } from '../profile-facts.ts';
import { counted, formatDuration, formatGrowth, formatShare, grouped } from '../quantity.ts';
import { insideLabel, restLabel } from '../rest-label.ts';
import { UNFINISHED } from '../unfinished.ts';
import type { Page } from './page.ts';
import { type Cell, tableLines } from './table-lines.ts';

/** Nodes that are shown, and the part of the whole that each must have. */
const MOST = 28;
const LEAST = 0.02;

/** Folders, files and classes that matter, the most expensive first; what is below two per cent is folded. */
export function treeLines(profile: CollectionProfile, page: Page): string[] {
  const { tree } = profile;
  if (tree.children.length === 0) return [];
  const top = foldTree(tree, { most: MOST, least: LEAST });
  const rows: Cell[][] = [
    row('', `${tree.name === '' || tree.name === '.' ? projectName(profile) : tree.name}/`, tree, tree),
  ];
  descend(top, '', tree, rows);
  return [
    page.paint('bold', 'Collecting, by folder and file'),
    ...tableLines(
      [
        { title: '', kind: 'name' },
        { title: 'wall', kind: 'figure' },
        { title: '', kind: 'figure' },
        { title: 'CPU', kind: 'figure', spare: 2 },
        { title: 'memory', kind: 'figure' },
        { title: 'tests', kind: 'figure', spare: 1 },
        { title: '', kind: 'name', spare: 3 },
      ],
      rows,
      page,
    ),
  ];
}

function descend({ children, rest }: ShownNode, guides: string, whole: ProfileNode, rows: Cell[][]): void {
  for (const [at, child] of children.entries()) {
    const last = at === children.length - 1 && rest === undefined;
    rows.push(row(`${guides}${last ? '└─ ' : '├─ '}`, nameOf(child), child.node, whole));
    descend(child, `${guides}${last ? '   ' : '│  '}`, whole, rows);
  }
  // Where all is folded, the node's own line has said it.
  if (rest !== undefined && children.length > 0)
    rows.push(row(`${guides}└─ `, `… and ${restLabel(rest)}`, rest, whole, true));
}

function nameOf({ node, name, children, rest }: ShownNode): string {
  const folded = rest === undefined || children.length > 0 ? '' : ` (${insideLabel(rest)})`;
  return `${name}${node.kind === 'folder' ? '/' : ''}${node.unfinished === true ? UNFINISHED : ''}${folded}`;
}

function row(
  guides: string,
  name: string,
  costs: ProfileNode | Rest,
  whole: ProfileNode,
  dim = false,
): Cell[] {
  const style = dim ? { style: 'dim' as const } : {};
  return [
    { text: `${guides}${printable(name)}`, ...style },
    { text: formatDuration(costs.wallMs), ...style },
    { text: formatShare(costs.wallMs, whole.wallMs), style: 'dim' },
    { text: formatDuration(costs.cpuMs), ...style },
    { text: formatGrowth(costs.memoryBytes), ...style },
    { text: grouped(costs.items), ...style },
    { text: costs.errors === 0 ? '' : counted(costs.errors, 'error'), style: 'red' },
  ];
}
