import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWords } from './own-cgroups.ts';

/** Above this a limit of version 1 means "none": the kernel shows the largest number of pages that it can count. */
const NO_LIMIT = 2 ** 60;

/** The most that the cgroup was charged with at once, bytes. */
export function readPeak(path: string, version: 1 | 2): number | undefined {
  return readNumber(join(path, version === 1 ? 'memory.max_usage_in_bytes' : 'memory.peak'));
}

/** Its own limit in force, bytes; `undefined` where there is none. */
export function readLimit(path: string, version: 1 | 2): number | undefined {
  const limit = readNumber(join(path, version === 1 ? 'memory.limit_in_bytes' : 'memory.max'));
  return limit === undefined || limit >= NO_LIMIT ? undefined : limit;
}

/** User and system time of everything that was ever in the cgroup, ms. */
export function readCpuMs(path: string, version: 1 | 2): number | undefined {
  if (version === 2) {
    const micros = readField(join(path, 'cpu.stat'), 'usage_usec');
    return micros === undefined ? undefined : micros / 1e3;
  }
  const nanos = readNumber(join(path, 'cpuacct.usage'));
  return nanos === undefined ? undefined : nanos / 1e6;
}

/** Processes in the cgroup, not below it. */
export function readPids(path: string): number[] {
  return readWords(join(path, 'cgroup.procs')).map(Number);
}

/** A field of a file of lines such as `oom_kill 3`. */
export function readField(path: string, field: string): number | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const value = new RegExp(`^${field} (\\d+)$`, 'm').exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}

function readNumber(path: string): number | undefined {
  const number = Number(readWords(path)[0] ?? 'none');
  return Number.isFinite(number) ? number : undefined;
}
