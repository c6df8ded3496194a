import { totalmem } from 'node:os';
import { UsageError } from '@seaworthy/scenario';

/** Below this CPython does not start, bytes. */
export const LEAST_LIMIT = 16 * 1024 * 1024;

/**
 * @param around the lowest limit that this process is under itself, bytes
 * @throws UsageError where the limit makes no sense on this machine
 */
export function checkLimit(bytes: number, around: number | undefined, machine: number = totalmem()): void {
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new UsageError('LIMIT', `Expected a memory limit as a whole number of bytes, got ${bytes}`);
  }
  if (bytes < LEAST_LIMIT) {
    throw new UsageError(
      'LIMIT',
      `A memory limit of ${inMiB(bytes)} is less than a Python interpreter needs. Give at least ${inMiB(LEAST_LIMIT)}`,
    );
  }
  if (bytes > machine) {
    throw new UsageError(
      'LIMIT',
      `A memory limit of ${inMiB(bytes)} is more than this machine has (${inMiB(machine)}), so it would limit nothing`,
    );
  }
  if (around !== undefined && bytes > around) {
    throw new UsageError(
      'LIMIT',
      `A memory limit of ${inMiB(bytes)} is more than this process may use itself (${inMiB(around)}, by its cgroup). Give a lower one`,
    );
  }
}

export function inMiB(bytes: number): string {
  return `${Number((bytes / 1024 ** 2).toFixed(1))} MiB`;
}
