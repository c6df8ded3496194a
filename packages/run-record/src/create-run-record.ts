import type { FindingCatalogue, ScenarioProof, ScenarioResult } from '@seaworthy/scenario';
import type { LeftBehind } from './left-behind.ts';
import type { MachineDescription } from './machine-description.ts';
import { RUN_RECORD_SCHEMA } from './run-record.ts';
import type { Interruption, Invocation, RecordedProject, RunRecord } from './run-record.ts';

export interface RunRecordParts {
  readonly runId: string;
  readonly startedAt: Date;
  /** Wall time of the run, in ms. */
  readonly durationMs: number;
  readonly toolVersion: string;
  readonly seed: number;
  readonly machine: MachineDescription;
  readonly project: RecordedProject;
  readonly invocation?: Invocation;
  readonly planned: readonly string[];
  readonly results: readonly ScenarioResult[];
  readonly proofs?: readonly ScenarioProof[];
  readonly leftBehind?: LeftBehind;
  /** Every code that the scenarios of the run can raise. */
  readonly catalogue: FindingCatalogue;
  readonly interrupted?: Interruption;
}

/** Puts a record together from what a run left. Keeps the titles of those codes alone that occur. */
export function createRunRecord(parts: RunRecordParts): RunRecord {
  const { toolVersion, catalogue, startedAt, ...rest } = parts;
  return {
    schema: RUN_RECORD_SCHEMA,
    ...rest,
    startedAt: startedAt.toISOString(),
    tool: { name: 'seaworthy', version: toolVersion },
    titles: titlesOf(parts.results, catalogue),
  };
}

function titlesOf(
  results: readonly ScenarioResult[],
  catalogue: FindingCatalogue,
): Readonly<Record<string, string>> {
  const codes = new Set(results.flatMap((result) => result.findings.map((finding) => finding.code)));
  return Object.fromEntries(
    [...codes]
      .sort()
      .flatMap((code) => (catalogue[code] === undefined ? [] : [[code, catalogue[code].title]])),
  );
}
