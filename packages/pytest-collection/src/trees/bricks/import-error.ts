import type { TreeFile } from '../tree-file.ts';
import type { Brick } from './brick.ts';
import { withTestFiles } from './change-files.ts';

/** Files spread evenly over the tree need a module that is not installed. */
export function importError(
  files: readonly TreeFile[],
  { count }: Brick<'import-error'>,
): readonly TreeFile[] {
  return withTestFiles(files, (index, all) => {
    const isBroken = Math.floor(((index + 1) * count) / all) > Math.floor((index * count) / all);
    return isBroken ? 'import not_installed_anywhere' : undefined;
  });
}
