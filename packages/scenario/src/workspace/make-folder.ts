import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes `name` under `parent`, or `name-2`, `name-3`… where there is one already. Only its owner may enter it. */
export async function makeNewFolder(parent: string, name: string): Promise<string> {
  if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
    throw new TypeError(`Expected a plain folder name, got ${JSON.stringify(name)}`);
  }
  for (let number = 1; ; number += 1) {
    const folder = join(parent, number === 1 ? name : `${name}-${number}`);
    try {
      await mkdir(folder, { mode: 0o700 });
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
