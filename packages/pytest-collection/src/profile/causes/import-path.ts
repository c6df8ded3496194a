import type { ImportRecord, Recording } from '../../model/recording.ts';
import { isInside } from '../parts/project-path.ts';

/** A child is followed as long as it has most of its parent's time. */
const MOST = 0.6;

export interface ImportPath {
  /** From the direct import to the one that is to blame. */
  readonly chain: readonly ImportRecord[];
  readonly culprit: ImportRecord;
}

/** From a direct import down to the module that has most of its time: `shop -> shop.report -> pandas`. */
export function importPath({ imports }: Recording, index: number, root: string): ImportPath | undefined {
  const children = new Map<number, number[]>();
  imports.forEach(({ parent }, at) => {
    const below = children.get(parent);
    if (below === undefined) children.set(parent, [at]);
    else below.push(at);
  });
  const chain: ImportRecord[] = [];
  for (let at: number | undefined = index; at !== undefined;) {
    const record: ImportRecord | undefined = imports[at];
    if (record === undefined) break;
    chain.push(record);
    // In what is not the project's own there is nothing to move: `import numpy` can be moved, not numpy's parts.
    if (isForeign(record.path, root)) break;
    at = (children.get(at) ?? []).find((child) => (imports[child]?.wallMs ?? 0) >= MOST * record.wallMs);
  }
  const culprit = chain.at(-1);
  return culprit && { chain, culprit };
}

/** Not the project's own: what is installed, the standard library, and what has no file. */
export function isForeign(path: string | undefined, root: string): boolean {
  if (path === undefined || !isInside(root, path)) return true;
  return /[/\\](?:site-packages|dist-packages)[/\\]/.test(path.slice(root.length));
}
