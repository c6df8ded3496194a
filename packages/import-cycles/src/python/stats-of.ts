import { statSync } from 'node:fs';
import type { PathLike, Stats } from 'node:fs';

/**
 * What a path leads to; `undefined` also where it cannot be looked at (no permission, a link to itself): whoever opens it
 * says so.
 */
export function statsOf(path: PathLike): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
