import type { PythonInterpreter, ScenarioProof, ScenarioResult } from '@seaworthy/scenario';
import type { LeftBehind } from './left-behind.ts';
import type { MachineDescription } from './machine-description.ts';

/** Goes up when a reader of the old schema would misunderstand the new one; added fields leave it as it is. */
export const RUN_RECORD_SCHEMA = 1;

/** What ended a run before all that was planned had run. */
export type Interruption = 'SIGINT' | 'SIGTERM' | 'deadline';

export interface RecordedProject {
  /** Absolute path. */
  readonly root: string;
  readonly python?: PythonInterpreter;
  /** Absolute path of the configuration file that was in force. */
  readonly configuration?: string;
}

/** How a run was asked for, as far as another one must be asked likewise: what the user wrote, as it was written. */
export interface Invocation {
  /** Absolute path of the folder that relative paths are relative to. */
  readonly workingFolder: string;
  /** `--python`; absent where the interpreter was found without it. */
  readonly python?: string;
  /** `--config`; likewise. */
  readonly configuration?: string;
  /** `--subject`; likewise. */
  readonly subject?: string;
}

/** All that is known of a run. Plain data: every report is made from it alone. */
export interface RunRecord {
  readonly schema: typeof RUN_RECORD_SCHEMA;
  readonly runId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly seed: number;
  readonly machine: MachineDescription;
  readonly project: RecordedProject;
  readonly invocation?: Invocation;
  /** Ids of the scenarios that were to run, in order; one for each repetition. */
  readonly planned: readonly string[];
  readonly results: readonly ScenarioResult[];
  /** Present after `seaworthy prove`. */
  readonly proofs?: readonly ScenarioProof[];
  /** Present where the machine was put under pressure. */
  readonly leftBehind?: LeftBehind;
  /** Short titles of the finding codes that occur. */
  readonly titles: Readonly<Record<string, string>>;
  readonly interrupted?: Interruption;
}
