import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { membersOf } from '../figures/read-figures.ts';
import { readText } from '../files/read-text.ts';
import { readLimits } from '../limits/read-limits.ts';
import type { Cgroup, Controller } from '../model/cgroup.ts';

/**
 * The folder of each controller below which a cgroup can be made. Version 1: the cgroup's own, those that may be written
 * to. Version 2 allows none below a cgroup that holds processes, so it is often the one around it; but never where that
 * would lead out of a limit that the cgroup is under.
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
  if (passesOnMemory(own)) return own;
  if (membersOf(cgroup).length === 0 && passOn(own)) return own;
  return placeBeside(cgroup, own) ?? (passOn(own) ? own : undefined);
}

function placeBeside(cgroup: Cgroup, own: string): string | undefined {
  if (own === cgroup.tops.memory || Object.keys(readLimits(cgroup)).length > 0) return undefined;
  const around = dirname(own);
  return mayWrite(around) && passesOnMemory(around) ? around : undefined;
}

function passesOnMemory(folder: string): boolean {
  return (readText(join(folder, 'cgroup.subtree_control')) ?? '').split(/\s+/).includes('memory');
}

/** One by one: a controller that is not there takes the others with it. */
function passOn(folder: string): boolean {
  for (const controller of ['memory', 'cpu', 'pids']) {
    try {
      writeFileSync(join(folder, 'cgroup.subtree_control'), `+${controller}`);
    } catch {
      // It holds processes, may not be changed, or has no such controller.
    }
  }
  return passesOnMemory(folder);
}

function mayWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
