import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { ReadText } from '@seaworthy/cgroups';

/** More than any file of figures; a longer one is read in the usual way. */
const MOST_BYTES = 16_384;
const GONE = -1;

/** Files of the kernel that are opened once and read from the beginning again and again. */
export interface KeptFiles extends Disposable {
  /** Nothing once it was disposed of. */
  readonly read: ReadText;
}

/**
 * Without opening and closing each time a look costs half as much. A file that is not there is not tried again. Not for
 * version 1's `cgroup.procs`: the kernel shows whoever reads it again within a second the same list.
 */
export function keepFiles(): KeptFiles {
  const descriptors = new Map<string, number>();
  const buffer = Buffer.allocUnsafe(MOST_BYTES);
  let isClosed = false;
  const open = (path: string): number => {
    try {
      return openSync(path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return GONE;
      throw error;
    }
  };
  return {
    read(path) {
      if (isClosed) return undefined;
      try {
        let descriptor = descriptors.get(path);
        if (descriptor === undefined) descriptors.set(path, (descriptor = open(path)));
        if (descriptor === GONE) return undefined;
        const length = readSync(descriptor, buffer, 0, MOST_BYTES, 0);
        return length < MOST_BYTES ? buffer.toString('latin1', 0, length) : readFileSync(path, 'latin1');
      } catch {
        return undefined; // Its cgroup is gone, say.
      }
    },
    [Symbol.dispose]() {
      isClosed = true;
      for (const descriptor of descriptors.values()) if (descriptor !== GONE) closeSync(descriptor);
      descriptors.clear();
    },
  };
}
