import { matchesGlob } from 'node:path';

/** Folders that hold no source of the project's own, wherever they stand below a root. */
const FOLDERS: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  'dist',
  'coverage',
]);

/** Yarn's generated loaders: megabytes of tables. */
const FILES: ReadonlySet<string> = new Set(['.pnp.cjs', '.pnp.loader.mjs']);

/** Whether the walk leaves an entry out; `path` is relative to the graph's base, with forward slashes. */
export type Exclusion = (path: string, name: string, isFolder: boolean) => boolean;

/**
 * The folders above and those that start with a dot, and what the caller excludes: a name (`generated`) excludes every file
 * and folder of that name, a path or glob (`src/generated`, `**\/*.test.ts`) is relative to the graph's base; an excluded
 * folder takes all below it along.
 */
export function exclusionOf(exclude: readonly string[] = []): Exclusion {
  const names = new Set<string>();
  const globs: string[] = [];
  for (const raw of exclude) {
    const pattern = raw
      .replaceAll('\\', '/')
      .replace(/^\.?\//, '')
      .replace(/\/+(\*\*)?$/, '');
    if (/[/*?[\]{}!]/.test(pattern)) globs.push(pattern);
    else names.add(pattern);
  }
  return (path, name, isFolder) =>
    (isFolder ? FOLDERS.has(name) || (name.startsWith('.') && name.length > 1) : FILES.has(name)) ||
    names.has(name) ||
    globs.some((glob) => matchesGlob(path, glob) || (!glob.includes('/') && matchesGlob(name, glob)));
}
