import { statfsSync } from 'node:fs';

/** Size of the file system of shared memory, bytes. */
export function readSharedMemory(folder: string): number | undefined {
  try {
    const { bsize, blocks } = statfsSync(folder);
    return bsize * blocks;
  } catch {
    return undefined;
  }
}
