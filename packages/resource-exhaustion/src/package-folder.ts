import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package, from its source and from its build alike: the nearest one with a package.json. */
export function packageFolder(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`Expected a package.json above ${import.meta.dirname}`);
    folder = parent;
  }
  return folder;
}
