import { tmpdir } from 'node:os';
import { UsageError, openWorkspace, sweepWorkspaces } from '@seaworthy/scenario';
import type { RunOptions, Workspace } from '@seaworthy/scenario';
import type { Interruption } from '@seaworthy/run-record';
import { checkDisk } from '../doctor/check-disk.ts';
import { Interrupted } from '../interrupted.ts';
import type { Preparation } from '../scenarios/preparation.ts';
import type { Surroundings } from '../surroundings.ts';

/** Hard end of a run unless the user says otherwise. */
export const DEFAULT_DEADLINE_MS = 300_000;

export interface RunLength {
  readonly deadlineMs: number;
  readonly seed: number;
}

/** What is the same in every run of scenarios, however they are run. */
export type SharedRunOptions = Pick<RunOptions, 'workspace' | 'overrides' | 'signal' | 'deadlineMs' | 'seed'>;

export interface RunOutcome<Result> {
  readonly runId: string;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly result: Result;
  readonly interrupted?: Interruption;
}

/**
 * Runs something inside a workspace of its own, which is gone afterwards; before that, removes what killed runs left. Knows
 * whether the run came to its own end.
 */
export async function runInWorkspace<Result>(
  { limits }: Pick<Preparation, 'limits'>,
  { deadlineMs, seed }: RunLength,
  surroundings: Surroundings,
  run: (options: SharedRunOptions) => Promise<Result>,
): Promise<RunOutcome<Result>> {
  const { now, interruption, stderr } = surroundings;
  const startedAt = now();
  const signal = interruption();
  const temporary = temporaryFolder(surroundings);
  const disk = await checkDisk(temporary.temporaryFolder);
  if (disk.state !== 'ok')
    throw new UsageError('DISK_FULL', `The disk is too full: ${disk.found}. ${disk.how ?? ''}`);
  const { removed } = await sweepWorkspaces(temporary);
  for (const folder of removed) stderr.write(`Removed what a killed run had left: ${folder}\n`);
  await using workspace: Workspace = await openWorkspace(temporary);
  const start = performance.now();
  const { overrides } = limits;
  const result = await run({ workspace, overrides, signal, deadlineMs, seed });
  const durationMs = performance.now() - start;
  const interrupted = interruptionOf(signal) ?? (durationMs >= deadlineMs ? 'deadline' : undefined);
  return {
    runId: workspace.runId,
    startedAt,
    durationMs,
    result,
    ...(interrupted === undefined ? {} : { interrupted }),
  };
}

function interruptionOf({ reason }: AbortSignal): Interruption | undefined {
  return reason instanceof Interrupted ? reason.by : undefined;
}

function temporaryFolder({ env }: Surroundings): { readonly temporaryFolder: string } {
  const folder = env['TMPDIR'] ?? '';
  return { temporaryFolder: folder === '' ? tmpdir() : folder };
}
