import type { Death } from '../../model/death.ts';
import type { MemoryExhaustion } from '../../model/exhaustion.ts';
import type { Recovery } from '../../model/recovery.ts';
import type { CanaryVerdict } from '../../model/safety.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';

export interface GradualObservation {
  readonly sandbox: ObservedSandbox;
  /** `null`: the limit was not in force, and no pressure was made. */
  readonly pressure: GradualPressure | null;
}

export interface GradualPressure {
  /** Under the guard. */
  readonly guarded: MemoryExhaustion;
  readonly recovery: Recovery;
  /** The positive control: the same without a guard. `null` after a run under the guard that was stopped by something else. */
  readonly control: ControlRun | null;
  /** After the control, whose death must leave nothing. */
  readonly controlRecovery: Recovery | null;
  /** Of a process outside of the sandbox. */
  readonly neighbour: CanaryVerdict;
  readonly keeperAlive: boolean;
  /** `null`: no engine is there. */
  readonly engine: { readonly answered: boolean; readonly ms: number } | null;
}

export interface ControlRun {
  readonly run: MemoryExhaustion;
  /** Of each process that died, who did it. */
  readonly deaths: readonly Death[];
}
