import { access, constants, statfs } from 'node:fs/promises';
import { formatBytes } from '@seaworthy/reports';
import type { Check } from './check.ts';

/** Least free disk with which the scenarios that exist run, several times what they were seen to use. */
const ENOUGH_DISK = 20_000_000;

/** Free space where scenarios make their files, and whether they may. */
export async function checkDisk(temporaryFolder: string): Promise<Check> {
  const check = { id: 'disk', title: 'Disk' } as const;
  const how = `Free some space in ${temporaryFolder}, or name another folder with TMPDIR.`;
  try {
    await access(temporaryFolder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(temporaryFolder);
    const free = bavail * bsize;
    const enough = free >= ENOUGH_DISK;
    const found = `${formatBytes(free)} free in ${temporaryFolder}`;
    const data = { folder: temporaryFolder, freeBytes: free };
    return enough ? { ...check, state: 'ok', found, data } : { ...check, state: 'missing', found, how, data };
  } catch (error) {
    const found = `${temporaryFolder}: ${(error as Error).message}`;
    return {
      ...check,
      state: 'missing',
      found,
      how: `Make ${temporaryFolder} a folder that can be written to, or name another one with TMPDIR.`,
      data: { folder: temporaryFolder, freeBytes: null },
    };
  }
}
