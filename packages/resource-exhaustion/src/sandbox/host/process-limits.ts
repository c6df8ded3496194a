import { readFileSync } from 'node:fs';

/**
 * Soft limits in force for a process, as /proc/PID/limits tells them; what is absent is not limited, or not told. Three lines
 * here spare a sandbox without containers the quarter of a second in which all of container-engine loads.
 */
export interface ProcessLimits {
  readonly descriptors?: number;
  /** Bytes. */
  readonly dataBytes?: number;
  readonly fileBytes?: number;
}

/** Nothing outside of Linux. */
export function readProcessLimits(pid: number): ProcessLimits {
  try {
    return parseProcessLimits(readFileSync(`/proc/${pid}/limits`, 'utf8'));
  } catch {
    return {};
  }
}

/** @see proc_pid_limits(5) */
export function parseProcessLimits(text: string): ProcessLimits {
  const soft = (name: string): number | undefined => {
    const value = new RegExp(`^${name}\\s+(\\d+)\\s`, 'm').exec(text)?.[1];
    return value === undefined ? undefined : Number(value);
  };
  const limits = {
    descriptors: soft('Max open files'),
    dataBytes: soft('Max data size'),
    fileBytes: soft('Max file size'),
  };
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
