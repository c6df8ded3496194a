import type { Environment } from '@seaworthy/scenario';
import { imageOf } from './subject-place.ts';

/** Of the memory of a machine, so much may be filled. */
const SHARE = 0.5;

/**
 * Bytes that a fault may ask for without hurting the machine: half of what it has. In a container that is ended before it has
 * that much, it may ask for any number, since more than the container's limit it does not get.
 */
export function spareBytesOf({ memoryBytes, ...environment }: Environment): number {
  const spare = SHARE * memoryBytes;
  const most = mostInContainer(environment);
  return most !== undefined && most <= spare ? Number.MAX_SAFE_INTEGER : spare;
}

/** Memory and swap together that a container of the image can have; `undefined`: as much as there is. */
function mostInContainer(environment: Pick<Environment, 'subject'>): number | undefined {
  const { memoryBytes, memorySwapBytes } = imageOf(environment)?.limits ?? {};
  if (memoryBytes === undefined || memorySwapBytes === -1) return undefined;
  // Who names no swap gets as much of it as of memory from the engine.
  return Math.max(memoryBytes, memorySwapBytes ?? 2 * memoryBytes);
}
