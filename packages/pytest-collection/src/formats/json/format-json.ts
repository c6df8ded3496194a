import type { CollectionProfile } from '../../model/collection-profile.ts';
import { profileShape } from './profile-shape.ts';

/**
 * The profile itself as JSON, keys always in the same order, with a line for each entry of a list: short enough for
 * thousands of files, and good to search and to compare line by line. `parseProfile` reads it back.
 */
export function formatJson(profile: CollectionProfile): string {
  const members = Object.entries(profileShape.ordered(profile) as object).map(
    ([key, value]: [string, unknown]) => {
      const text = Array.isArray(value)
        ? lines(value)
        : key === 'tree'
          ? treeLines(value as Node)
          : JSON.stringify(value);
      return `  ${JSON.stringify(key)}: ${text}`;
    },
  );
  return `{\n${members.join(',\n')}\n}\n`;
}

function lines(entries: readonly unknown[]): string {
  if (entries.length === 0) return '[]';
  return `[\n${entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`;
}

interface Node {
  readonly children: readonly Node[];
}

/** `children` is written last: it is the last key of its shape. */
function treeLines(node: Node, indent = '  '): string {
  const { children, ...own } = node;
  const head = JSON.stringify(own).slice(0, -1);
  const separator = head === '{' ? '' : ',';
  if (children.length === 0) return `${head}${separator}"children":[]}`;
  const below = `${indent}  `;
  return `${head}${separator}"children":[\n${children.map((child) => below + treeLines(child, below)).join(',\n')}\n${indent}]}`;
}
