import { readCommand, readProcessFigures, readProcessMemory } from './process-figures.ts';
import type { TreeMembers } from './tree-members.ts';

export interface WatchedProcess {
  readonly pid: number;
  /** As it was last seen: a program that was started by a script in front of it bears its own name. */
  readonly command: string;
  /** VmHWM, bytes. */
  readonly bytes: number;
}

interface Sighting {
  command: string;
  bytes: number;
  looks: number;
}

/**
 * Looks at the processes of a run every now and then, since what a process used can be read only while it is there.
 * VmHWM is a high-water mark that the kernel keeps, so no spike between two looks is missed, save for what comes after
 * the last one.
 */
export class TreeWatch {
  readonly #members: TreeMembers;
  readonly #seen = new Map<string, Sighting & { readonly pid: number }>();
  readonly #timer: NodeJS.Timeout;
  #cpuMs = 0;

  constructor(members: TreeMembers, everyMs: number) {
    this.#members = members;
    this.#timer = setInterval(() => this.look(), everyMs);
    this.#timer.unref();
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
    let cpuMs = 0;
    for (const pid of this.#members('roughly')) {
      const figures = readProcessFigures(pid);
      const memory = readProcessMemory(pid);
      if (figures === undefined || memory === undefined) continue;
      cpuMs += figures.cpuMs;
      this.#note(pid, `${pid}:${figures.startTime}`, memory.peak);
    }
    this.#cpuMs = Math.max(this.#cpuMs, cpuMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /**
   * A child has its parent's memory for the instant between fork and exec: where the mark falls after the very first
   * look, that is what was seen.
   */
  #note(pid: number, key: string, bytes: number): void {
    const before = this.#seen.get(key);
    // Reading it takes longer than all the rest, and after its first moments a process seldom becomes another program.
    const isNew = before === undefined || before.looks < 3 || bytes < before.bytes;
    const command = (isNew ? readCommand(pid) : '') || (before?.command ?? '');
    const larger = before === undefined || before.looks === 1 ? bytes : Math.max(before.bytes, bytes);
    this.#seen.set(key, { pid, command, bytes: larger, looks: (before?.looks ?? 0) + 1 });
  }
}
