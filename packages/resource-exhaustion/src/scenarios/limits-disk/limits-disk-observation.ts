import type { DiskExhaustion } from '../../model/exhaustion.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';

export interface LimitsDiskObservation {
  readonly sandbox: ObservedSandbox;
  /** `null`: the place has no size of its own, and nothing was written. */
  readonly run: DiskExhaustion | null;
}
