import { readFileSync } from 'node:fs';
import { onlyDefined } from '@seaworthy/cgroups';
import type { Gauge, GaugeReading } from '../model/gauge.ts';
import type { InsideView } from '../model/sandbox.ts';
import { countDescriptors } from './open-descriptors.ts';
import { readPageSize } from './page-size.ts';

/** Of utime and the like in /proc/PID/stat: USER_HZ, which is 100 on every architecture that Linux runs Node on. */
const US_PER_TICK = 10_000;

let pageSize: number | undefined;

/**
 * Sums over a process and its descendants, from /proc of this machine. What several of them share is counted for each.
 *
 * @param disk of the place that victims write to.
 */
export function procGauge(root: number, disk: () => GaugeReading['disk']): Gauge {
  pageSize ??= readPageSize();
  const bytes = pageSize;
  return {
    source: 'proc',
    read: async () => {
      const at = process.hrtime.bigint();
      const pids = descendantsOf(root);
      let [resident, shared, ticks] = [0, 0, 0];
      for (const pid of pids) {
        const pages = (readIfThere(`/proc/${pid}/statm`) ?? '').split(' ').map(Number);
        resident += (pages[1] ?? 0) * bytes;
        shared += (pages[2] ?? 0) * bytes;
        ticks += ticksOf(readIfThere(`/proc/${pid}/stat`) ?? '');
      }
      return {
        at,
        memory: {
          usageBytes: resident,
          anonymousBytes: resident - shared,
          sharedBytes: shared,
          reclaimableBytes: 0,
        },
        cpu: { usageUs: ticks * US_PER_TICK, periods: 0, throttledPeriods: 0, throttledUs: 0 },
        pids: { current: pids.length, refused: 0 },
        descriptors: countDescriptors(pids),
        ...onlyDefined({ disk: disk() }),
      };
    },
  };
}

/** The same where there is no /proc: as the keeper sees its processes. */
export function insideProcessGauge(inside: InsideView, disk: () => GaugeReading['disk']): Gauge {
  return {
    source: 'proc',
    read: async () => {
      const at = process.hrtime.bigint();
      const processes = await inside.processes();
      const sum = (of: 'residentBytes' | 'cpuMs'): number =>
        processes.reduce((total, one) => total + (one[of] ?? 0), 0);
      const resident = sum('residentBytes');
      const counts = processes.flatMap(({ pid, descriptors }) =>
        descriptors === undefined ? [] : [[pid, descriptors] as const],
      );
      return {
        at,
        memory: { usageBytes: resident, anonymousBytes: resident, sharedBytes: 0, reclaimableBytes: 0 },
        cpu: { usageUs: sum('cpuMs') * 1e3, periods: 0, throttledPeriods: 0, throttledUs: 0 },
        pids: { current: processes.length, refused: 0 },
        descriptors: new Map(counts),
        ...onlyDefined({ disk: disk() }),
      };
    },
  };
}

/** By the kernel's own lists of children: a walk through all of /proc costs ten times as much. */
function descendantsOf(root: number): number[] {
  const found = [root];
  for (const pid of found) {
    const children = readIfThere(`/proc/${pid}/task/${pid}/children`) ?? '';
    for (const child of children.split(' ')) if (child !== '') found.push(Number(child));
  }
  return found;
}

/** utime, stime, and those of children that ended and were waited for: fields 14-17 of proc_pid_stat(5). */
function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((total, field) => total + Number(field), 0);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}
