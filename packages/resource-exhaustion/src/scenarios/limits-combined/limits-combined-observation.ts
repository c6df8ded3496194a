import type { CombinedExhaustion } from '../../model/exhaustion.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';

export interface LimitsCombinedObservation {
  readonly sandbox: ObservedSandbox;
  /** `null`: a limit was not in force, and no pressure was made. */
  readonly run: CombinedExhaustion | null;
  readonly keeperAlive: boolean;
}
