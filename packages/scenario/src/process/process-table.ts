import { readLinuxProcess, readLinuxProcesses } from './linux-process-table.ts';
import { readPsProcess, readPsProcesses } from './ps-process-table.ts';

/** One process that existed when the table was read. */
export interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /**
   * With the pid, tells a process from a later one that was given the same number. Ticks since the boot on Linux,
   * seconds since 1970 elsewhere.
   */
  readonly startTime: string;
  /** It ended, and only its number is kept until its parent asks how. */
  readonly zombie: boolean;
  /** See {@link withMark}; empty for a process whose environment may not be read. */
  marks(): readonly string[];
}

/** All living processes that can be seen from here, without zombies. */
export function readProcesses(): ProcessEntry[] {
  const all = process.platform === 'linux' ? readLinuxProcesses() : readPsProcesses();
  return all.filter((entry) => !entry.zombie);
}

/** The process of this number, or `undefined` when there is none. */
export function readProcess(pid: number): ProcessEntry | undefined {
  return process.platform === 'linux' ? readLinuxProcess(pid) : readPsProcess(pid);
}
