import { execFileSync } from 'node:child_process';
import { freemem, totalmem } from 'node:os';
import { findCgroup, readCgroupTexts, readEffectiveLimits } from '@seaworthy/cgroups';
import { keepFiles } from '../gauge/kept-files.ts';
import type { MachineMemory } from '../model/safety.ts';
import { parseVmStat } from './vm-stat.ts';

/** Open for as long as this process is: the watch over the machine looks twenty times a second. */
const kernelFiles = keepFiles();

const FIELDS = {
  MemTotal: /^MemTotal:\s+(\d+) kB$/m,
  MemAvailable: /^MemAvailable:\s+(\d+) kB$/m,
  SwapTotal: /^SwapTotal:\s+(\d+) kB$/m,
} as const;

/** Never through a library for system information: those see the host's memory inside a container as well. */
export function readMachineMemory(): MachineMemory {
  const cgroup = findCgroup(readCgroupTexts());
  const limit = cgroup === undefined ? undefined : readEffectiveLimits(cgroup).memoryBytes;
  return {
    totalBytes: readMeminfo('MemTotal') ?? totalmem(),
    availableBytes: readAvailableMemory(),
    ...(limit === undefined ? {} : { limit: { bytes: limit.value, folder: limit.folder } }),
  };
}

/** Of the whole machine, bytes. Takes some 10 us on Linux, and some ms elsewhere. */
export function readAvailableMemory(): number {
  return readMeminfo('MemAvailable') ?? askVmStat() ?? freemem();
}

/** Whether this machine can swap; where it does not tell, it can. */
export function hasSwap(): boolean {
  return readMeminfo('SwapTotal') !== 0;
}

/** What macOS calls free is little, whatever could be had. */
function askVmStat(): number | undefined {
  if (process.platform !== 'darwin') return undefined;
  try {
    return parseVmStat(execFileSync('vm_stat', { encoding: 'utf8', timeout: 5_000 }));
  } catch {
    return undefined;
  }
}

/** `undefined` outside of Linux. */
function readMeminfo(field: keyof typeof FIELDS): number | undefined {
  const kilobytes = FIELDS[field].exec(kernelFiles.read('/proc/meminfo') ?? '');
  return kilobytes === null ? undefined : Number(kilobytes[1]) * 1024;
}
