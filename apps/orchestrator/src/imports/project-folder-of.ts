import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The folder whose configuration is in force for some paths: that of the first of them. */
export function projectFolderOf(cwd: string, paths: readonly string[]): string {
  const first = resolve(cwd, paths[0] ?? '.');
  return statSync(first, { throwIfNoEntry: false })?.isFile() === true ? dirname(first) : first;
}
