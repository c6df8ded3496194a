import type { Death } from '../../model/death.ts';
import type { MemoryExhaustion } from '../../model/exhaustion.ts';
import type { Recovery } from '../../model/recovery.ts';
import type { CanaryVerdict } from '../../model/safety.ts';
import type { ObservedSandbox } from '../sandbox/observed-sandbox.ts';

export interface LimitsMemoryObservation {
  readonly sandbox: ObservedSandbox;
  /** `null`: the limit was not in force, and no pressure was made. */
  readonly pressure: MemoryPressure | null;
}

export interface MemoryPressure {
  /** In the order in which they were tried; it ends with the first that was not held. */
  readonly levels: readonly {
    /** 0-1, of the limit in force. */
    readonly share: number;
    readonly run: MemoryExhaustion;
  }[];
  /** After all levels were given up. */
  readonly recovery: Recovery;
  /** Absent after a level that was not held. */
  readonly overLimit: OverLimit | null;
  /** Of a process outside of the sandbox. */
  readonly neighbour: CanaryVerdict;
  /** A second process in the sandbox. */
  readonly companion: { readonly alive: boolean; readonly heldBytes: number };
  readonly keeperAlive: boolean;
}

export interface OverLimit {
  readonly run: MemoryExhaustion;
  /** Of each victim that died, who did it. */
  readonly deaths: readonly Death[];
}
