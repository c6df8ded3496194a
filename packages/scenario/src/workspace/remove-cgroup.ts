import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Magic numbers of the file systems, from linux/magic.h. */
const CGROUP_FILE_SYSTEMS: ReadonlySet<number> = new Set([0x27e0eb, 0x63677270]);

const GIVE_UP_MS = 5_000;
const PAUSE_MS = 10;

/**
 * Kills what is in a cgroup and below it, then removes them. The kernel lets go of a cgroup only some time after its
 * last process ended, so it is tried again for a while. Does nothing where there is no such cgroup.
 *
 * @throws where the path is no cgroup, or where it is still in use after 5 s.
 */
export async function removeCgroup(path: string): Promise<void> {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (!stat.isDirectory() || !CGROUP_FILE_SYSTEMS.has(statfsSync(path).type)) {
    throw new Error(`Expected a cgroup at ${path}, found something else`);
  }
  const start = performance.now();
  for (;;) {
    killAllIn(path);
    const problem = tryToRemove(path);
    if (problem === undefined) return;
    if (performance.now() - start > GIVE_UP_MS) {
      throw new Error(`The cgroup ${path} is still in use`, { cause: problem });
    }
    await sleep(PAUSE_MS);
  }
}

function cgroupsBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(path, entry.name));
}

/** Version 2 (Linux 5.14 and later) kills a whole tree at once; otherwise process by process. */
function killAllIn(path: string): void {
  const killSwitch = join(path, 'cgroup.kill');
  try {
    if (existsSync(killSwitch)) {
      writeFileSync(killSwitch, '1');
      return;
    }
    for (const below of cgroupsBelow(path)) killAllIn(below);
    for (const line of readFileSync(join(path, 'cgroup.procs'), 'utf8').split('\n')) {
      const pid = Number(line);
      if (pid > 1 && pid !== process.pid) kill(pid);
    }
  } catch {
    // A cgroup that went by itself meanwhile; whatever is left is met again in the next round.
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went by itself since the list was read, which says nothing about the others on it.
  }
}

function tryToRemove(path: string): unknown {
  try {
    for (const below of cgroupsBelow(path)) {
      const problem = tryToRemove(below);
      if (problem !== undefined) return problem;
    }
    rmdirSync(path);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : error;
  }
}
