import { readFileSync } from 'node:fs';

/** A file's text; `undefined` where it cannot be read, as on a system that has no such file. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
