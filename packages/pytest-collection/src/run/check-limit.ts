import { totalmem } from 'node:os';
import { UsageError } from '@seaworthy/scenario';
import { formatLimit } from '../formats/quantity.ts';

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
      `A memory limit of ${formatLimit(bytes)} is less than a Python interpreter needs. Give at least ${formatLimit(LEAST_LIMIT)}`,
    );
  }
  if (bytes > machine) {
    throw new UsageError(
      'LIMIT',
      `A memory limit of ${formatLimit(bytes)} is more than this machine has (${formatLimit(machine)}), so it would limit nothing`,
    );
  }
  if (around !== undefined && bytes > around) {
    throw new UsageError(
      'LIMIT',
      `A memory limit of ${formatLimit(bytes)} is more than this process may use itself (${formatLimit(around)}, by its cgroup). Give a lower one`,
    );
  }
}
