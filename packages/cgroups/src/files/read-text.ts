import { readFileSync } from 'node:fs';

/** Text of a file by its absolute path, or `undefined` where it cannot be read. */
export type ReadText = (path: string) => string | undefined;

/** From the file system of this machine. */
export const readText: ReadText = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
