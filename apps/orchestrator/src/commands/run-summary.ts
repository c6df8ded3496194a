import { createRunRecord } from '@seaworthy/run-record';
import type { RunRecord } from '@seaworthy/run-record';
import type { Environment, ScenarioProof, ScenarioResult } from '@seaworthy/scenario';
import { describeMachine } from '../machine/describe-machine.ts';
import type { Preparation } from '../scenarios/preparation.ts';
import type { Surroundings } from '../surroundings.ts';
import { ownVersion } from '../version.ts';
import type { RunOutcome } from './run-in-workspace.ts';

export interface RunSummary {
  readonly preparation: Preparation;
  readonly environment: Environment;
  readonly outcome: RunOutcome<unknown>;
  readonly seed: number;
  readonly planned: readonly string[];
  readonly results: readonly ScenarioResult[];
  readonly proofs?: readonly ScenarioProof[];
}

/** The record of a run that has ended. */
export async function recordOf(summary: RunSummary, { nodeVersion }: Surroundings): Promise<RunRecord> {
  const { preparation, environment, outcome, seed, planned, results, proofs } = summary;
  const { configuration, limits, scenarios } = preparation;
  const { runId, startedAt, durationMs, interrupted } = outcome;
  return createRunRecord({
    runId,
    startedAt,
    durationMs,
    toolVersion: ownVersion(),
    seed,
    machine: await describeMachine(nodeVersion),
    project: {
      root: environment.project.root,
      ...(environment.python === undefined ? {} : { python: environment.python }),
      ...(configuration.file === undefined ? {} : { configuration: configuration.file }),
    },
    planned,
    results: results.map((result) => limits.withSources(result)),
    ...(proofs === undefined ? {} : { proofs }),
    catalogue: Object.assign({}, ...scenarios.map(({ findings }) => findings)) as Record<string, never>,
    ...(interrupted === undefined ? {} : { interrupted }),
  });
}
