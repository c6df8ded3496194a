import type { CollectionProfile, ProfileNode } from '../../../model/collection-profile.ts';
import { foldTree, type Rest, type ShownNode } from '../../fold-tree.ts';
import { printable } from '../../printable.ts';
import { projectName } from '../../profile-facts.ts';
import { restLabel } from '../../rest-label.ts';
import { UNFINISHED } from '../../unfinished.ts';

/** Nodes that a page holds: enough for every file of a large project, and half a megabyte. */
const MOST = 12_000;

/** In the order that the script knows. */
const KINDS: readonly (ProfileNode['kind'] | 'rest')[] = ['folder', 'file', 'class', 'other', 'rest'];

/**
 * The tree as the script of the page reads it, each node a list: name, kind (an index of KINDS), ms of wall and
 * of CPU time, kB, tests, errors, ms of rewriting, executing and importing, children.
 */
export function icicleData(profile: CollectionProfile): string {
  const { tree } = profile;
  const top = nodeList(foldTree(tree, { most: MOST }));
  if (tree.name === '' || tree.name === '.') top[0] = printable(projectName(profile));
  // Within a script element nothing but "<" can end it or begin a comment.
  return JSON.stringify(top).replaceAll('<', '\\u003c');
}

function nodeList({ node, name, children, rest }: ShownNode): unknown[] {
  const { rewriteMs = 0, execMs = 0, importMs = 0 } = node.parts ?? {};
  return [
    `${printable(name)}${node.unfinished === true ? UNFINISHED : ''}`,
    KINDS.indexOf(node.kind),
    ...costs(node),
    short(rewriteMs),
    short(execMs),
    short(importMs),
    [...children.map(nodeList), ...(rest === undefined ? [] : [restList(rest)])],
  ];
}

function restList(rest: Rest): unknown[] {
  return [`… ${restLabel(rest)}`, KINDS.indexOf('rest'), ...costs(rest), 0, 0, 0, []];
}

function costs({ wallMs, cpuMs, memoryBytes, items, errors }: ProfileNode | Rest): number[] {
  return [short(wallMs), short(cpuMs), Math.round(memoryBytes / 1000), items, errors];
}

function short(ms: number): number {
  return Math.round(ms * 100) / 100;
}
