import { statfsSync } from 'node:fs';
import type { GaugeReading } from '../model/gauge.ts';

/** Of the file system that a path lies in; `undefined` where it is not there or may not be seen. */
export function readDisk(path: string): GaugeReading['disk'] {
  try {
    const { bsize, blocks, bavail, files, ffree } = statfsSync(path);
    return { sizeBytes: blocks * bsize, freeBytes: bavail * bsize, files: files - ffree };
  } catch {
    return undefined;
  }
}
