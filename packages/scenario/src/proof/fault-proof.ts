import type { ScenarioResult } from '../result.ts';

/**
 * What injecting a fault showed of the scenario:
 * - `caught`: its finding was raised as an error
 * - `survived`: the fault was in place, and no error was raised; also when the scenario was inconclusive, since its user
 *   would not have been warned
 * - `wrong-finding`: errors were raised, but not the one that the fault should raise
 * - `not-applied`: the fault changed nothing in the plan, or the observation shows no trace of it
 * - `void`: a control run was not green, or the run with the fault broke or was cut off: nothing is proven
 * - `environment-missing`: the scenario cannot run here
 */
export type FaultState =
  'caught' | 'survived' | 'wrong-finding' | 'not-applied' | 'void' | 'environment-missing';

export interface FaultProof {
  /** Ids of the scenario and of the fault. */
  readonly scenario: string;
  readonly fault: string;
  readonly breaks: string;
  /** The code that is demanded. */
  readonly raises: string;
  readonly state: FaultState;
  /** What in the observation shows that the fault was in place. */
  readonly applied?: string;
  /** The codes of all errors that were raised, each once. */
  readonly raised: readonly string[];
  /** Why the state is not `caught`, in a sentence. */
  readonly reason?: string;
  readonly durationMs: number;
}

export interface ScenarioProof {
  readonly id: string;
  /** The control run without a fault, before all faults. */
  readonly before: ScenarioResult;
  /** The one after all of them; absent where the first one was not green or there are no faults. */
  readonly after?: ScenarioResult;
  readonly faults: readonly FaultProof[];
}
