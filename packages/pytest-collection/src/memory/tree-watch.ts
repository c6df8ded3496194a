import { ownBytesOfFork, type Fork } from './own-bytes-of-fork.ts';
import { readCommand, readPeakBytes, readProcessFigures, type ProcessFigures } from './process-figures.ts';
import type { TreeMembers } from './tree-members.ts';

export interface WatchedProcess {
  readonly pid: number;
  /** As it was last seen: a program that was started by a script in front of it bears its own name. */
  readonly command: string;
  /** VmHWM, bytes; of a process that was forked off only what it does not share. */
  readonly bytes: number;
}

interface Look extends ProcessFigures {
  readonly pid: number;
  readonly peak: number;
}

interface Sighting extends WatchedProcess {
  readonly image: string | undefined;
  readonly looks: number;
  readonly fork: Fork | undefined;
}

/** A run that dies young must have been seen all the same. */
const FIRST_LOOK_MS = 25;

/**
 * Looks at the processes of a run every now and then, since what a process used can be read only while it is there.
 * VmHWM is a high-water mark that the kernel keeps, so no spike between two looks is missed, save for what comes after
 * the last one.
 */
export class TreeWatch {
  readonly #members: TreeMembers;
  readonly #seen = new Map<string, Sighting>();
  /** Who was first seen with an image: the others with it were forked off. */
  readonly #owners = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #cpuMs = 0;

  /** @param everyMs more often at first */
  constructor(members: TreeMembers, everyMs: number) {
    this.#members = members;
    const lookAfter = (ms: number): void => {
      this.#timer = setTimeout(() => {
        lookAfter(Math.min(2 * ms, everyMs));
        this.look();
      }, ms);
      this.#timer.unref();
    };
    lookAfter(FIRST_LOOK_MS);
  }

  /** Every process that was seen, the largest first. */
  get processes(): WatchedProcess[] {
    return [...this.#seen.values()]
      .map(({ pid, command, bytes }) => ({ pid, command, bytes }))
      .sort((a, b) => b.bytes - a.bytes);
  }

  /** User and system time of the tree so far, ms; a process that nobody in the tree waited for drops out with its end. */
  get cpuMs(): number {
    return this.#cpuMs;
  }

  look(): void {
    const looks = this.#members('roughly').flatMap((pid): Look[] => {
      const figures = readProcessFigures(pid);
      const peak = readPeakBytes(pid);
      return figures === undefined || peak === undefined ? [] : [{ ...figures, pid, peak }];
    });
    // Parents before their children.
    looks.sort((a, b) => Number(a.startTime) - Number(b.startTime) || a.pid - b.pid);
    for (const look of looks) this.#note(look, looks);
    this.#cpuMs = Math.max(
      this.#cpuMs,
      looks.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    );
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #note(look: Look, all: readonly Look[]): void {
    const { pid, image, peak } = look;
    const key = `${pid}:${look.startTime}`;
    const before = this.#seen.get(key);
    const same = before?.image === image ? before : undefined; // Otherwise it runs another program by now.
    if (image !== undefined && !this.#owners.has(image)) this.#owners.set(image, key);
    const isFork = image !== undefined && this.#owners.get(image) !== key;
    const parent = all.find((other) => other.pid === look.parent && other.image === image);
    const fork = isFork ? ownBytesOfFork({ pid, peak }, parent, same?.fork) : undefined;
    // Reading it takes longer than all the rest, and after its first moments a process seldom changes it.
    const command = ((same?.looks ?? 0) < 3 ? readCommand(pid) : '') || (before?.command ?? '');
    const bytes = Math.max(before?.bytes ?? 0, fork?.bytes ?? peak);
    this.#seen.set(key, { pid, image, command, bytes, fork, looks: (same?.looks ?? 0) + 1 });
  }
}
