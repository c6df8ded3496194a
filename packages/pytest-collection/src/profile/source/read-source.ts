import { readFileSync } from 'node:fs';

/** The text of a file by its absolute path; `undefined` where it cannot be read. */
export type ReadSource = (path: string) => string | undefined;

/**
 * Reads each file once, and none larger than 4 MB: no one writes so long a test file by hand.
 *
 * @param pathHere where a file lies on this machine, in case that the paths are those of another place
 */
export function sourceReader(pathHere: (path: string) => string | undefined = (path) => path): ReadSource {
  const read = new Map<string, string | undefined>();
  return (path) => {
    if (!read.has(path)) {
      const here = pathHere(path);
      read.set(path, here === undefined ? undefined : readOne(here));
    }
    return read.get(path);
  };
}

function readOne(path: string): string | undefined {
  try {
    const bytes = readFileSync(path);
    return bytes.length > 4_000_000 ? undefined : bytes.toString('utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}
