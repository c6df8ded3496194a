import { checkRoom } from '@seaworthy/resource-exhaustion';
import { formatBytes } from '@seaworthy/reports';
import { freeMemory } from '../machine/free-memory.ts';
import type { Check } from './check.ts';

/** Of a sandbox where nothing else is declared. */
const SANDBOX_BYTES = 256 * 2 ** 20;

/** Whether pressure may be made here: so much memory stays free, whatever happens. */
export function checkFreeMemory(keepFreeBytes?: number): Check {
  const check = { id: 'free-memory', title: 'Free memory' } as const;
  const machine = freeMemory(keepFreeBytes);
  const { availableBytes, floorBytes } = machine;
  const missing = checkRoom({ memoryBytes: SANDBOX_BYTES }, machine);
  const data = { availableBytes, floorBytes };
  const figures = `${formatBytes(availableBytes)} available`;
  return missing === undefined
    ? { ...check, state: 'ok', found: `${figures}, of which ${formatBytes(floorBytes)} stay free`, data }
    : { ...check, state: 'warning', found: missing.what, how: missing.how, data };
}
