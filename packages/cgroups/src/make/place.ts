import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { membersOf } from '../figures/read-figures.ts';
import { readLimits } from '../limits/read-limits.ts';
import type { Cgroup, Controller } from '../model/cgroup.ts';
import { passOn, passesOn } from './passed-on.ts';

/**
 * The folder of each controller below which a cgroup can be made. Version 1: the cgroup's own, those that may be written
 * to. Version 2 allows none below a cgroup that holds processes, so it is often the one around it; but never where that
 * would lead out of a limit of memory or CPU time that the cgroup is under. That of processes, which service managers give
 * to every unit, goes along: see {@link pidsToTakeAlong}.
 *
 * @returns empty where none can be made that counts memory.
 */
export function placesWithin(cgroup: Cgroup): Readonly<Partial<Record<Controller, string>>> {
  if (cgroup.version === 2) {
    const folder = placeOfVersion2(cgroup);
    return folder === undefined
      ? {}
      : Object.fromEntries(Object.keys(cgroup.folders).map((controller) => [controller, folder]));
  }
  const { folders } = cgroup;
  if (folders.memory === undefined || !mayWrite(folders.memory)) return {};
  return Object.fromEntries(Object.entries(folders).filter(([, folder]) => mayWrite(folder)));
}

function placeOfVersion2(cgroup: Cgroup): string | undefined {
  const own = cgroup.folders.memory;
  if (own === undefined) return undefined;
  if (!mayWrite(own)) return placeBeside(cgroup, own);
  if (passesOn(own, 'memory')) return own;
  if (membersOf(cgroup).length === 0 && passOn(own)) return own;
  // The root of all may hold processes and have cgroups below it.
  return placeBeside(cgroup, own) ?? (passOn(own) ? own : undefined);
}

/** The limit of processes of a cgroup that is left for a place beside it: what is made there must have it as well. */
export function pidsToTakeAlong(cgroup: Cgroup, place: string | undefined): number | undefined {
  return cgroup.version === 2 && place !== cgroup.folders.memory ? readLimits(cgroup).pids : undefined;
}

function placeBeside(cgroup: Cgroup, own: string): string | undefined {
  const { pids: _, ...stayBehind } = readLimits(cgroup);
  if (own === cgroup.tops.memory || Object.keys(stayBehind).length > 0) return undefined;
  const around = dirname(own);
  return mayWrite(around) && passesOn(around, 'memory') ? around : undefined;
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
