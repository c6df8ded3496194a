import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readLimit, readPids } from './cgroup-figures.ts';
import { readWords, type OwnCgroup } from './own-cgroups.ts';

/**
 * The cgroup below which one for a run can be made, so that its memory is counted. Version 1: this process's own. Version
 * 2 allows none below a cgroup that holds processes, so it is often the one around it; but never where that would lead
 * out of a limit that this process is under.
 */
export function placeForCgroup(own: OwnCgroup): string | undefined {
  if (!mayWrite(own.path)) return own.version === 2 ? placeBeside(own) : undefined;
  if (own.version === 1 || givesMemory(own.path)) return own.path;
  if (readPids(own.path).length === 0 && enableMemory(own.path)) return own.path;
  return placeBeside(own) ?? (enableMemory(own.path) ? own.path : undefined);
}

function placeBeside(own: OwnCgroup): string | undefined {
  if (own.path === own.top || readLimit(own.path, 2) !== undefined) return undefined;
  const around = dirname(own.path);
  return mayWrite(around) && givesMemory(around) ? around : undefined;
}

function givesMemory(path: string): boolean {
  return readWords(join(path, 'cgroup.subtree_control')).includes('memory');
}

function enableMemory(path: string): boolean {
  try {
    writeFileSync(join(path, 'cgroup.subtree_control'), '+memory');
  } catch {
    return false; // It holds processes, or may not be changed.
  }
  return givesMemory(path);
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
