import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { findCgroup, readCgroupTexts, readEffectiveLimits } from '@seaworthy/cgroups';
import type { MachineMemory } from '../model/safety.ts';
import { parseVmStat } from './vm-stat.ts';

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

/** Of the whole machine, bytes. Takes some 50 us on Linux, and some ms elsewhere. */
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
function readMeminfo(field: 'MemTotal' | 'MemAvailable' | 'SwapTotal'): number | undefined {
  try {
    const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/meminfo', 'utf8'));
    return kilobytes === null ? undefined : Number(kilobytes[1]) * 1024;
  } catch {
    return undefined;
  }
}
