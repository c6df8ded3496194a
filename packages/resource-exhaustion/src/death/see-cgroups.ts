import { ancestorsOf, readKills, readLimits, readMemory, readPids, type Cgroup } from '@seaworthy/cgroups';
import type { CgroupReading, CgroupWitness } from './death-evidence.ts';

/** What a cgroup told at one moment. */
export interface SeenCgroup {
  readonly folder: string;
  readonly limitBytes?: number;
  readonly reading: CgroupReading;
}

/**
 * Reads what a cgroup and those around it tell of deaths: those of the memory controller first, its own in front, then those of
 * the pids controller where version 1 has them apart. Once before and once after; `witnessesOf` makes evidence of it.
 *
 * @param cgroup nothing is seen without one, as of a sandbox that this machine cannot look into.
 */
export function seeCgroups(cgroup: Cgroup | undefined): readonly SeenCgroup[] {
  if (cgroup === undefined) return [];
  const levels = [cgroup, ...ancestorsOf(cgroup)];
  const apart = cgroup.version === 1 ? levels.flatMap(seeForks) : [];
  return [...levels.flatMap((level) => seeMemory(level, cgroup.version === 2)), ...apart];
}

function seeMemory(level: Cgroup, withForks: boolean): SeenCgroup[] {
  const folder = level.folders.memory;
  if (folder === undefined) return [];
  const kills = readKills(level);
  const peakBytes = readMemory(level)?.peakBytes;
  const refusedForks = withForks ? readPids(level)?.refused : undefined;
  const { memoryBytes } = readLimits(level);
  return [
    {
      folder,
      ...(memoryBytes === undefined ? {} : { limitBytes: memoryBytes }),
      reading: {
        ...(kills === undefined ? {} : { kills }),
        ...(peakBytes === undefined ? {} : { peakBytes }),
        ...(refusedForks === undefined ? {} : { refusedForks }),
      },
    },
  ];
}

function seeForks(level: Cgroup): SeenCgroup[] {
  const refusedForks = readPids(level)?.refused;
  return level.folders.pids === undefined || refusedForks === undefined
    ? []
    : [{ folder: level.folders.pids, reading: { refusedForks } }];
}

/** Evidence from two sights of the same cgroups. One that is gone meanwhile tells nothing afterwards. */
export function witnessesOf(
  before: readonly SeenCgroup[],
  after: readonly SeenCgroup[],
): readonly CgroupWitness[] {
  return before.map(({ folder, limitBytes, reading }) => ({
    folder,
    ...(limitBytes === undefined ? {} : { limitBytes }),
    before: reading,
    after: after.find((seen) => seen.folder === folder)?.reading ?? {},
  }));
}
