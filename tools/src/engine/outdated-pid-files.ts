import { readFileSync, rmSync } from 'node:fs';

/** Of Docker's daemon and of its containerd, with the program that each belongs to. */
export const pidFiles: readonly PidFile[] = [
  { file: '/var/run/docker.pid', program: 'dockerd' },
  { file: '/var/run/docker/containerd/containerd.pid', program: 'containerd' },
];

export interface PidFile {
  readonly file: string;
  readonly program: string;
}

/** The process that a file names, if that is the program it belongs to. */
export function runningIn({ file, program }: PidFile): number | undefined {
  const pid = Number(read(file));
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return read(`/proc/${String(pid)}/comm`)?.trim() === program ? pid : undefined;
}

/**
 * Removes what a machine that was switched off left: the number is some other process's by now, and the daemon would
 * refuse to start beside it.
 */
export function removeOutdatedPidFiles(files: readonly PidFile[] = pidFiles): void {
  for (const each of files) {
    if (read(each.file) !== undefined && runningIn(each) === undefined) rmSync(each.file, { force: true });
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
