import { join } from 'node:path';
import { ancestorsOf, readKills, readLimits, readMemory, readText, type Cgroup } from '@seaworthy/cgroups';

/** What one cgroup tells of kills for memory. */
export interface KillCounter {
  readonly path: string;
  /** Version 1: victims that were in this very cgroup, whoever's limit it was. Version 2: in it and below. */
  readonly kills: number;
  /** Times that its own limit was hit and nothing could be reclaimed; version 2 alone counts them. */
  readonly hits?: number;
  /** Bytes. */
  readonly limit?: number;
  /** Bytes. */
  readonly peak?: number;
}

export interface KillCounters {
  /** The run's own cgroup first where it has one, then the ones around it. */
  readonly cgroups: readonly KillCounter[];
  /** Whether the first is the run's own. */
  readonly own: boolean;
  /** Of the whole machine: every kill, those within cgroups included. */
  readonly host: number;
}

export function readKillCounters(
  innermost: Cgroup | undefined,
  { own, proc = '/proc' }: { own: boolean; proc?: string },
): KillCounters {
  const host = Number(/^oom_kill (\d+)$/m.exec(readText(join(proc, 'vmstat')) ?? '')?.[1] ?? 0);
  if (innermost === undefined) return { cgroups: [], own: false, host };
  return { cgroups: [innermost, ...ancestorsOf(innermost)].flatMap(readCounter), own, host };
}

function readCounter(cgroup: Cgroup): KillCounter[] {
  const path = cgroup.folders.memory;
  if (path === undefined) return [];
  const kills = readKills(cgroup);
  const { memoryBytes: limit } = readLimits(cgroup);
  const peak = readMemory(cgroup)?.peakBytes;
  return [
    {
      path,
      kills: kills?.hierarchical ?? kills?.own ?? 0,
      ...(kills?.ownLimitHits === undefined ? {} : { hits: kills.ownLimitHits }),
      ...(limit === undefined ? {} : { limit }),
      ...(peak === undefined ? {} : { peak }),
    },
  ];
}

export interface AttributedKills {
  readonly own: number;
  readonly ancestors: number;
  readonly host: number;
  /** Bytes; of the limit that was hit. */
  readonly limitBytes?: number;
}

/** The kernel charges in batches of 64 pages on each processor, so a limit is hit a little below it. */
const SLACK = 0.02;

/**
 * By whose limit processes were killed between two readings. The run's own cgroup is sure to know every victim in it;
 * where it has none, a kill in the cgroup that this process shares with others, or anywhere on the machine, may have hit
 * someone else's process.
 */
export function attributeKills(before: KillCounters, after: KillCounters): AttributedKills {
  const none = { own: 0, ancestors: 0, host: 0 };
  const [innermost] = after.cgroups;
  const host = after.host - before.host;
  if (innermost === undefined) return { ...none, host };
  const victims = innermost.kills - (before.cgroups[0]?.kills ?? 0);
  if (victims <= 0) return after.own ? none : { ...none, host };
  const guilty = after.cgroups.findIndex((counter, index) => wasHit(before.cgroups[index], counter));
  const limit = after.cgroups[guilty]?.limit;
  const limitBytes = limit === undefined ? {} : { limitBytes: limit };
  if (guilty === 0 && after.own) return { ...none, own: victims, ...limitBytes };
  return guilty === -1 ? { ...none, host: victims } : { ...none, ancestors: victims, ...limitBytes };
}

function wasHit(before: KillCounter | undefined, after: KillCounter): boolean {
  if (after.limit === undefined) return false;
  if (after.hits !== undefined) return after.hits > (before?.hits ?? 0);
  return (after.peak ?? 0) >= after.limit * (1 - SLACK);
}
