import { createRunRecord } from '@seaworthy/run-record';
import type { RunRecord, RunRecordParts } from '@seaworthy/run-record';
import type { Environment } from '@seaworthy/scenario';
import { describeMachine } from '../machine/describe-machine.ts';
import type { Preparation } from '../scenarios/preparation.ts';
import type { Surroundings } from '../surroundings.ts';
import { ownVersion } from '../version.ts';

/** What is known of a run alone. */
export type RunSummary = Omit<RunRecordParts, 'toolVersion' | 'machine' | 'project' | 'catalogue'>;

/** The record of a run that has ended. */
export async function recordOf(
  run: RunSummary,
  { configuration, limits, scenarios }: Preparation,
  { project, python }: Environment,
  { nodeVersion }: Surroundings,
): Promise<RunRecord> {
  return createRunRecord({
    ...run,
    results: run.results.map((result) => limits.withSources(result)),
    toolVersion: ownVersion(),
    machine: await describeMachine(nodeVersion),
    project: {
      root: project.root,
      ...(python === undefined ? {} : { python }),
      ...(configuration.file === undefined ? {} : { configuration: configuration.file }),
    },
    catalogue: Object.assign({}, ...scenarios.map(({ findings }) => findings)) as Record<string, never>,
  });
}
