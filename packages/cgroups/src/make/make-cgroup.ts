import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nameOfRun, type Workspace } from '@seaworthy/scenario';
import { foldersOf } from '../find/ancestors.ts';
import { readCgroupTexts } from '../find/cgroup-texts.ts';
import { findCgroup } from '../find/find-cgroup.ts';
import { readLimits } from '../limits/read-limits.ts';
import type { Cgroup, Controller } from '../model/cgroup.ts';
import type { CgroupLimits } from '../model/limits.ts';
import { takeBack } from './passed-on.ts';
import { pidsToTakeAlong, placesWithin } from './place.ts';
import { setLimits } from './set-limits.ts';

/** A cgroup of ours. Disposing of it kills what is in it and removes it; after `kill -9` the workspace's guard does. */
export interface OwnedCgroup extends AsyncDisposable {
  readonly cgroup: Cgroup;
  /** In force, as the kernel tells them back; what is absent is not limited by it. */
  readonly limits: CgroupLimits;
  /** Folders whose `cgroup.procs` a process must be written to. */
  readonly folders: readonly string[];
  /**
   * Moves a process into it.
   *
   * @throws where it is gone or may not be moved
   */
  add(pid: number): void;
}

export interface MakeCgroupOptions {
  /** The cgroup to make it in; that of this process by default. */
  readonly within?: Cgroup | undefined;
}

let made = 0;

/**
 * Makes a cgroup for what a run starts, with all controllers that can be had (memory at least), and limits it. What the
 * kernel could not set besides memory is absent from `limits` of the result. Memory comes without swap where
 * `memorySwapBytes` is absent.
 *
 * @param purpose short and kebab-case; becomes a part of its name.
 * @returns `undefined` where none can be had that counts memory, or that limits it as it was asked to.
 */
export async function makeCgroup(
  workspace: Workspace,
  limits: CgroupLimits,
  purpose = 'run',
  { within = findCgroup(readCgroupTexts()) }: MakeCgroupOptions = {},
): Promise<OwnedCgroup | undefined> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(purpose)) {
    throw new TypeError(`Expected a purpose in kebab-case, got ${JSON.stringify(purpose)}`);
  }
  if (within === undefined) return undefined;
  await using stack = new AsyncDisposableStack();
  const name = `${nameOfRun(workspace.runId)}-${purpose}-${(made += 1)}`;
  const places = placesWithin(within);
  // After the cgroup itself is gone.
  for (const place of new Set(Object.values(places))) stack.defer(() => takeBack(place));
  // Without a quota a cgroup of version 1's `cpu` would only change how the scheduler shares out time.
  const wanted = within.version === 1 && limits.cpus === undefined ? withoutCpu(places) : places;
  const folders = makeFolders(workspace, stack, { places: wanted, name });
  if (folders.memory === undefined) return undefined;
  const tops = Object.keys(folders).map((controller) => [controller, within.tops[controller as Controller]]);
  const cgroup: Cgroup = { version: within.version, folders, tops: Object.fromEntries(tops) };
  setLimits(cgroup, withPids(limits, pidsToTakeAlong(within, places.memory)));
  const inForce = readLimits(cgroup);
  if (limits.memoryBytes !== undefined && inForce.memoryBytes === undefined) return undefined;
  const kept = stack.move();
  return {
    cgroup,
    limits: inForce,
    folders: foldersOf(cgroup),
    add: (pid) => {
      for (const folder of foldersOf(cgroup)) writeFileSync(join(folder, 'cgroup.procs'), String(pid));
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** The lower of two limits of processes. */
function withPids(limits: CgroupLimits, most: number | undefined): CgroupLimits {
  return most === undefined ? limits : { ...limits, pids: Math.min(most, limits.pids ?? most) };
}

function withoutCpu({ cpu: _, ...others }: Places): Places {
  return others;
}

type Places = Readonly<Partial<Record<Controller, string>>>;

/** Those that could be made; several controllers may share a folder. */
function makeFolders(
  workspace: Workspace,
  stack: AsyncDisposableStack,
  { places, name }: { places: Places; name: string },
): Partial<Record<Controller, string>> {
  const outcomes = new Map<string, boolean>();
  const make = (path: string): boolean => {
    try {
      stack.use(workspace.own({ kind: 'cgroup', path }));
      mkdirSync(path);
      return true;
    } catch {
      return false;
    }
  };
  const folders: Partial<Record<Controller, string>> = {};
  for (const [controller, place] of Object.entries(places) as [Controller, string][]) {
    const path = join(place, name);
    const isMade = outcomes.get(path) ?? make(path);
    outcomes.set(path, isMade);
    if (isMade) folders[controller] = path;
  }
  return folders;
}
