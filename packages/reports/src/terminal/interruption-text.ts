import type { Interruption } from '@seaworthy/run-record';

const TEXTS: Readonly<Record<Interruption, string>> = {
  SIGINT: 'Interrupted: this is a partial result.',
  SIGTERM: 'Terminated: this is a partial result.',
  deadline: 'The deadline of the run was reached: this is a partial result.',
};

/** The last line of a run that did not come to its own end. */
export function interruptionText(interruption: Interruption): string {
  return TEXTS[interruption];
}
