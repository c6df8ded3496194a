import { constants } from 'node:os';
import type { Ending } from './ending.ts';

/** A shell tells of a signal by this number plus the signal's. */
const SHELL_BASE = 128;

/**
 * The signal that ended the run, also where a shell in front of it has made an exit code of it. pytest's own codes, and
 * what plugins make of them, stay below.
 */
export function deathSignal({ exit, recording }: Pick<Ending, 'exit' | 'recording'>): string | undefined {
  if (exit.signal !== null) return exit.signal;
  if (exit.code === null || exit.code <= SHELL_BASE || recording.ending !== undefined) return undefined;
  const number = exit.code - SHELL_BASE;
  return Object.entries(constants.signals).find(([, value]) => value === number)?.[0];
}
