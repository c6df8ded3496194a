import type { PythonInterpreter } from '@seaworthy/scenario';

/** Who named an interpreter, in the order in which they are asked. */
export type PythonOrigin = '--python' | 'configuration' | 'VIRTUAL_ENV' | '.venv' | 'venv' | 'PATH';

/** An interpreter that was looked at. */
export interface PythonCandidate {
  readonly origin: PythonOrigin;
  /** Path of the executable, or the command as it was named. */
  readonly path: string;
  /** What it answered. */
  readonly interpreter?: PythonInterpreter;
  /** Why it cannot be used. */
  readonly problem?: string;
}

export interface PythonSearch {
  /** Those that are there, the first in the order of `PythonOrigin` decides. */
  readonly candidates: readonly PythonCandidate[];
  readonly chosen?: PythonInterpreter;
  /** Why none was chosen. */
  readonly problem?: string;
}
