import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BoundedCache } from './bounded-cache.ts';

/** Reads a file of the project by its path relative to the graph's base; `undefined` where it cannot be read. */
export type ReadSource = (path: string) => string | undefined;

/** Reads below a folder and remembers what it read last. A byte that is not UTF-8 becomes U+FFFD. */
export function readSourceBelow(base: string): ReadSource {
  const known = new BoundedCache<string, string | undefined>(64);
  return (path) => known.get(path, () => readText(join(base, path)));
}

function readText(file: string): string | undefined {
  try {
    return new TextDecoder().decode(readFileSync(file));
  } catch {
    return undefined;
  }
}
