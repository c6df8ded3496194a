import { excludeGlobs } from '../exclude-globs.ts';
import { isForeignFolder } from '../foreign-folders.ts';

/** Folders that hold no source of the project's own, besides those that are foreign in any language. */
const FOLDERS: ReadonlySet<string> = new Set(['bower_components', 'jspm_packages', 'dist', 'coverage']);

/** Yarn's generated loaders: megabytes of tables. */
const FILES: ReadonlySet<string> = new Set(['.pnp.cjs', '.pnp.loader.mjs']);

/** Whether the walk leaves an entry out; `path` is relative to the graph's base, with forward slashes. */
export type IsLeftOut = (path: string, name: string, isFolder: boolean) => boolean;

/** Leaves out the folders and files above, and what the caller excludes. */
export function leftOut(exclude: readonly string[] = []): IsLeftOut {
  const isExcluded = excludeGlobs(exclude);
  return (path, name, isFolder) =>
    (isFolder ? FOLDERS.has(name) || isForeignFolder(name) : FILES.has(name)) || isExcluded(() => path, name);
}
