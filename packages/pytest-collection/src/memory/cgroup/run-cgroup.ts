import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Workspace } from '@seaworthy/scenario';
import { readCpuMs, readLimit, readPeak, readPids } from './cgroup-figures.ts';
import type { OwnCgroup, OwnCgroups } from './own-cgroups.ts';
import { placeForCgroup } from './place-for-cgroup.ts';

/** A cgroup that only one run is in. Disposing of it kills what is in it and removes it. */
export interface RunCgroup extends AsyncDisposable {
  readonly memory: OwnCgroup;
  /** Folders whose `cgroup.procs` a process must be written to. */
  readonly folders: readonly string[];
  /** In force, bytes; missing where none was asked for. */
  readonly limit?: number;
  peakBytes(): number | undefined;
  cpuMs(): number | undefined;
  pids(): readonly number[];
}

let made = 0;

/**
 * @param limitBytes none by default: the cgroup only measures.
 * @returns `undefined` where no cgroup can be had.
 */
export async function makeRunCgroup(
  workspace: Workspace,
  own: OwnCgroups,
  limitBytes?: number,
): Promise<RunCgroup | undefined> {
  const { memory } = own;
  const place = memory === undefined ? undefined : placeForCgroup(memory);
  if (memory === undefined || place === undefined) return undefined;
  await using stack = new AsyncDisposableStack();
  const name = `seaworthy-${workspace.runId}-${(made += 1)}`;
  const make = (path: string): boolean => {
    try {
      stack.use(workspace.own({ kind: 'cgroup', path }));
      mkdirSync(path);
      return true;
    } catch {
      return false;
    }
  };
  const path = join(place, name);
  if (!make(path)) return undefined;
  if (limitBytes !== undefined && !setLimit(path, memory.version, limitBytes)) return undefined;
  const cpu = memory.version === 2 ? path : cpuFolder(own, name, make);
  const kept = stack.move();
  const limit = limitBytes === undefined ? undefined : readLimit(path, memory.version);
  return {
    memory: { version: memory.version, path, top: memory.top },
    folders: cpu === undefined || cpu === path ? [path] : [path, cpu],
    ...(limit === undefined ? {} : { limit }),
    peakBytes: () => readPeak(path, memory.version),
    cpuMs: () => (cpu === undefined ? undefined : readCpuMs(cpu, memory.version)),
    pids: () => readPids(path),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

function cpuFolder(own: OwnCgroups, name: string, make: (path: string) => boolean): string | undefined {
  if (own.cpu?.version !== 1) return undefined;
  const path = join(own.cpu.path, basename(name));
  return make(path) ? path : undefined;
}

/** Without swap, where the kernel counts it: a limit of memory alone only makes a run slow. */
function setLimit(path: string, version: 1 | 2, bytes: number): boolean {
  try {
    writeFileSync(join(path, version === 1 ? 'memory.limit_in_bytes' : 'memory.max'), String(bytes));
  } catch {
    return false;
  }
  try {
    const [file, value] =
      version === 1 ? ['memory.memsw.limit_in_bytes', bytes] : (['memory.swap.max', 0] as const);
    writeFileSync(join(path, file), String(value), { flag: 'r+' });
  } catch {
    // The kernel was started without counting of swap.
  }
  return true;
}
