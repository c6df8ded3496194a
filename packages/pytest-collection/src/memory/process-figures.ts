import { readFileSync } from 'node:fs';

/** What /proc tells of one process. */
export interface ProcessFigures {
  readonly parent: number;
  /** Ticks since the boot; with the number, tells it from a later process. */
  readonly startTime: string;
  /** It ended, and only its number is kept. */
  readonly zombie: boolean;
  /** It waits in the kernel and cannot be woken: for a disk, or for a child that borrows its memory (vfork). */
  readonly blocked: boolean;
  /**
   * Where its program and its stack lie. The kernel chooses that anew for each program that is started, so who has the
   * same was forked off and shares its memory; `undefined` where it may not be seen.
   */
  readonly image: string | undefined;
  /** User and system time, that of children it waited for included, ms. */
  readonly cpuMs: number;
}

/** USER_HZ, which is 100 on every architecture that CPython is built for, whatever the kernel's own clock. */
const MS_PER_TICK = 10;

/** See proc_pid_stat(5): the name in parentheses may itself hold spaces and parentheses. */
export function readProcessFigures(pid: number): ProcessFigures | undefined {
  const stat = readProcFile(pid, 'stat');
  if (stat === undefined) return undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return {
    parent: Number(fields[1]),
    startTime: fields[19] ?? '',
    zombie: fields[0] === 'Z' || fields[0] === 'X',
    blocked: fields[0] === 'D',
    image: fields[25] === '0' ? undefined : `${fields[23]} ${fields[25]}`,
    cpuMs: ticks * MS_PER_TICK,
  };
}

/** The most that the process ever had in memory (VmHWM), bytes; a zombie has none. */
export function readPeakBytes(pid: number): number | undefined {
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readProcFile(pid, 'status') ?? '')?.[1];
  return peak === undefined ? undefined : Number(peak) * 1024;
}

/**
 * What a process shares with no other at this moment, bytes. The kernel goes through all of its pages for that: about 1 ms
 * for each 100 MB.
 */
export function readPrivateBytes(pid: number): number | undefined {
  const rollup = readProcFile(pid, 'smaps_rollup');
  if (rollup === undefined) return undefined;
  const parts = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)];
  return parts.reduce((sum, part) => sum + Number(part[1]), 0) * 1024;
}

/** Program and arguments, for people; empty for a zombie. */
export function readCommand(pid: number): string {
  return (readProcFile(pid, 'cmdline') ?? '').replace(/\0+$/, '').replaceAll('\0', ' ');
}

/** A process may end, or turn out to be someone else's, at any moment while it is being looked at. */
export function readProcFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}
