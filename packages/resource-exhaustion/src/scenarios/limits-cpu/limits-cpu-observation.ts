import type { CpuExhaustion } from '../../model/exhaustion.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';

export interface LimitsCpuObservation {
  readonly sandbox: ObservedSandbox;
  /** `null`: the quota was not in force, and no pressure was made. */
  readonly levels: readonly CpuLevel[] | null;
}

export interface CpuLevel {
  /** 0-1, of the quota. */
  readonly share: number;
  readonly run: CpuExhaustion;
}
