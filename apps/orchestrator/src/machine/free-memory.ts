import { freemem, totalmem } from 'node:os';
import { readText } from '@seaworthy/cgroups';
import { floorOf } from '@seaworthy/resource-exhaustion';

/** What is available on this machine, and how much of it must stay free. */
export function freeMemory(): { readonly availableBytes: number; readonly floorBytes: number } {
  const available = /^MemAvailable:\s+(\d+) kB$/m.exec(readText('/proc/meminfo') ?? '')?.[1];
  return {
    availableBytes: available === undefined ? freemem() : Number(available) * 1024,
    floorBytes: floorOf({ totalBytes: totalmem() }),
  };
}
