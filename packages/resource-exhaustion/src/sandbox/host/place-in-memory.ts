import { spawnSync } from 'node:child_process';
import { statfsSync } from 'node:fs';
import { OWN_MOUNTS } from './launch-script.ts';

/** Of tmpfs, from linux/magic.h. */
const TMPFS_MAGIC = 0x01021994;

/** Whether a program with mounts of its own may mount a tmpfs over this folder here: found out by doing it. */
export function canMountOver(folder: string): boolean {
  const [unshare, ...args] = OWN_MOUNTS;
  const mount = ['mount', '-t', 'tmpfs', '-o', 'size=4k', 'seaworthy', folder];
  return spawnSync(unshare, [...args, ...mount], { stdio: 'ignore', timeout: 10_000 }).status === 0;
}

/** Bytes of the tmpfs that a process sees at a path; `undefined` where there is none, or where it cannot be seen. */
export function tmpfsSizeFor(pid: number, path: string): number | undefined {
  try {
    const { type, blocks, bsize } = statfsSync(placeSeenBy(pid, path));
    return type === TMPFS_MAGIC ? blocks * bsize : undefined;
  } catch {
    return undefined;
  }
}

/** The path by which this process comes to what another one sees at `path`, mounts of its own included. */
export function placeSeenBy(pid: number, path: string): string {
  return `/proc/${pid}/root${path}`;
}
