import { readFileSync } from 'node:fs';

/** What /proc tells of one process. */
export interface ProcessFigures {
  readonly parent: number;
  /** Ticks since the boot; with the number, tells it from a later process. */
  readonly startTime: string;
  /** It ended, and only its number is kept. */
  readonly zombie: boolean;
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
    cpuMs: ticks * MS_PER_TICK,
  };
}

/** The most that the process ever had in memory (VmHWM), and what it has now (VmRSS), bytes; a zombie has neither. */
export function readProcessMemory(
  pid: number,
): { readonly peak: number; readonly resident: number } | undefined {
  const status = readProcFile(pid, 'status');
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status ?? '')?.[1];
  const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status ?? '')?.[1];
  if (peak === undefined || resident === undefined) return undefined;
  return { peak: Number(peak) * 1024, resident: Number(resident) * 1024 };
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
