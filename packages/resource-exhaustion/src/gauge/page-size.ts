import { readFileSync } from 'node:fs';

/** @see getauxval(3) */
const AT_PAGESZ = 6n;
const USUAL = 4096;

/** Bytes of a page of memory of this machine: /proc counts in them. */
export function readPageSize(): number {
  try {
    const words = readFileSync('/proc/self/auxv');
    for (let at = 0; at + 16 <= words.length; at += 16) {
      if (words.readBigUInt64LE(at) === AT_PAGESZ) return Number(words.readBigUInt64LE(at + 8));
    }
  } catch {
    // Not on Linux, or hidden.
  }
  return USUAL;
}
