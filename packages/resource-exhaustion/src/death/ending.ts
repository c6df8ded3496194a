import { constants } from 'node:os';

/** How a process ended, once exit codes above 128 are told as the signals that they stand for. */
export interface Ending {
  readonly signal?: string;
  readonly code?: number;
  /** For people. */
  readonly text: string;
}

const SIGNALS: readonly (readonly [string, number])[] = Object.entries(constants.signals);

/** `undefined`: nobody saw it end. */
export function readEnding({
  code,
  signal,
}: {
  code: number | null;
  signal: string | null;
}): Ending | undefined {
  if (signal !== null) return { signal, text: `ended by ${signal}, as its parent saw` };
  if (code === null) return undefined;
  const told = SIGNALS.find(([, number]) => number === code - 128)?.[0];
  if (told !== undefined) return { signal: told, code, text: `exit code ${code}, which is 128 + ${told}` };
  return { code, text: `exit code ${code}` };
}
