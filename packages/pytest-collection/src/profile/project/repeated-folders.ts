import { basename, dirname, join } from 'node:path';
import { isInside } from '../parts/project-path.ts';
import { FILES_HERE, type FileView } from './file-view.ts';

export interface RepeatedFolder {
  readonly path: string;
  readonly target: string;
  /** The link lies in what it leads to. */
  readonly loop: boolean;
}

/** Enough to name the cause. */
const MOST = 10;

/**
 * Symbolic links by which pytest met a folder a second time: the outermost ones alone, since everything below repeats.
 *
 * @param paths absolute paths of the files and folders that pytest collected
 */
export function repeatedFolders(
  paths: readonly string[],
  root: string,
  files: FileView = FILES_HERE,
): RepeatedFolder[] {
  const folders = wayTo(paths, root);
  const real = new Map([...folders].sort(byLength).map((folder) => [folder, files.realPath(folder)]));
  const owners = new Map([...real].filter(([folder, target]) => folder === target));
  const found: RepeatedFolder[] = [];
  for (const [path, target] of real) {
    if (target === undefined || target === path || found.length >= MOST) continue;
    if (found.some((outer) => isInside(outer.path, path))) continue;
    const parent = real.get(dirname(path)) ?? dirname(path);
    // Reached through a link further out, or by a root that is a link itself.
    if (target === join(parent, basename(path))) continue;
    const loop = isInside(target, path);
    if (loop || owners.has(target)) found.push({ path, target, loop });
  }
  return found;
}

/** The paths, and every folder from the root down to them. */
export function wayTo(paths: readonly string[], root: string): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path; isInside(root, at) && !folders.has(at); at = dirname(at)) {
      folders.add(at);
      if (at === root) break;
    }
  }
  return folders;
}

const byLength = (left: string, right: string): number =>
  left.length - right.length || (left < right ? -1 : 1);
