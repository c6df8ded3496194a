import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Makes new folders under a parent: `name`, or `name-2`, `name-3`… where that was taken. Only their owner may enter. */
export class FolderMaker {
  readonly #parent: string;
  /** The last number by name, so that the thousandth folder of a name need not try all those before it. */
  readonly #numbers = new Map<string, number>();

  constructor(parent: string) {
    this.#parent = parent;
  }

  async make(name: string): Promise<string> {
    if (name === '' || name === '.' || name === '..' || /[/\0]/.test(name)) {
      throw new TypeError(`Expected a plain folder name, got ${JSON.stringify(name)}`);
    }
    for (;;) {
      const number = (this.#numbers.get(name) ?? 0) + 1;
      this.#numbers.set(name, number);
      const folder = join(this.#parent, number === 1 ? name : `${name}-${number}`);
      try {
        await mkdir(folder, { mode: 0o700 });
        return folder;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }
}
