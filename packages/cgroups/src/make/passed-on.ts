import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../files/read-text.ts';

/** What we need below a cgroup of version 2; memory first, see {@link passOn}. */
const WANTED = ['memory', 'cpu', 'pids'] as const;
type Wanted = (typeof WANTED)[number];

/** What was changed by this process in a cgroup that it did not make, by folder. */
const changed = new Map<string, readonly Wanted[]>();

/** The kernel's file of what a cgroup passes on. */
export interface SubtreeControl {
  read(folder: string): string | undefined;
  /** @throws where it holds processes, may not be changed, or has no such controller. */
  write(folder: string, change: string): void;
}

const realFile: SubtreeControl = {
  read: (folder) => readText(join(folder, 'cgroup.subtree_control')),
  write: (folder, change) => writeFileSync(join(folder, 'cgroup.subtree_control'), change),
};

/** Whether a cgroup of version 2 passes a controller on to those below it. */
export function passesOn(folder: string, controller: Wanted, control = realFile): boolean {
  return (control.read(folder) ?? '').split(/\s+/).includes(controller);
}

/**
 * Lets a cgroup of version 2 pass on the memory controller, and with it those of CPU and processes where they can be had.
 * Memory goes first and alone: where the cgroup holds processes the kernel refuses it, but takes the other two and makes
 * the cgroup a threaded one, below which nobody can make proper ones any more.
 *
 * @returns whether it passes on memory; where not, nothing was changed.
 */
export function passOn(folder: string, control = realFile): boolean {
  const added: Wanted[] = [];
  for (const controller of WANTED) {
    if (passesOn(folder, controller, control)) continue;
    // One by one: a controller that is not there would take the others with it.
    tryTo(() => control.write(folder, `+${controller}`));
    if (passesOn(folder, controller, control)) added.push(controller);
    else if (controller === 'memory') return false;
  }
  if (added.length > 0) changed.set(folder, [...(changed.get(folder) ?? []), ...added]);
  return true;
}

/** Takes back what {@link passOn} changed, once there is no cgroup below any more, whoever made it. */
export function takeBack(folder: string, control = realFile): void {
  const added = changed.get(folder);
  if (added === undefined || hasCgroupsBelow(folder)) return;
  changed.delete(folder);
  for (const controller of added.toReversed()) tryTo(() => control.write(folder, `-${controller}`));
}

function hasCgroupsBelow(folder: string): boolean {
  try {
    return readdirSync(folder, { withFileTypes: true }).some((entry) => entry.isDirectory());
  } catch {
    return false;
  }
}

function tryTo(change: () => void): void {
  try {
    change();
  } catch {
    // What the file says afterwards counts.
  }
}
