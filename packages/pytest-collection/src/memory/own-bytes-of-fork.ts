import { readPrivateBytes } from './process-figures.ts';

/** What a process that was forked off, and runs no other program, has beside what it shares with its parent. */
export interface Fork {
  /** The most so far. */
  readonly bytes: number;
  /** Its mark, or its parent's, when it was first seen, bytes: a fork takes its parent's size over as its own mark. */
  readonly base: number;
  readonly looks: number;
}

interface Marked {
  readonly peak: number;
}

/**
 * Memory that a fork shares with its parent is there once. What its mark has risen by is its own, and so is what the
 * kernel says that it shares with no one, which grows as either of the two writes to it.
 *
 * @param parent where it is still there, and still runs the same program
 */
export function ownBytesOfFork(
  process: Marked & { readonly pid: number },
  parent: (Marked & { readonly blocked: boolean }) | undefined,
  before: Fork | undefined,
): Fork {
  const { pid, peak } = process;
  const base = before?.base ?? Math.min(peak, parent?.peak ?? peak);
  const looks = (before?.looks ?? 0) + 1;
  const risen = peak - base;
  // Between vfork and exec a child has no memory but its parent's: to the kernel all of it is the child's as well.
  const isBorrower = looks === 1 || parent?.blocked === true;
  const unshared = isBorrower || !isDue(looks) ? 0 : (readPrivateBytes(pid) ?? peak);
  return { bytes: Math.max(before?.bytes ?? 0, Math.min(peak, Math.max(risen, unshared))), base, looks };
}

/** Seldom as it goes on, since that is the dearest of all that is read. */
function isDue(looks: number): boolean {
  return looks === 2 || looks === 5 || looks % 10 === 0;
}
