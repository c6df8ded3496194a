import { printable, wrapIndented } from '@seaworthy/reports';
import { victimLimits } from '@seaworthy/resource-exhaustion/scenarios';
import type { VictimLimits } from '@seaworthy/resource-exhaustion/scenarios';
import type { AnyScenario, RunOptions, ScenarioProof, ScenarioResult } from '@seaworthy/scenario';
import type { Interruption, RunRecord } from '@seaworthy/run-record';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { Interrupted } from '../interrupted.ts';
import { styleFor } from '../options/style.ts';
import type { Style } from '../options/style.ts';
import type { ReportTarget } from '../report-files/report-target.ts';
import { checkReportTargets } from '../report-files/write-reports.ts';
import { watchLeftBehind } from '../machine/left-behind.ts';
import { exhaustionSettings } from '../scenarios/exhaustion-settings.ts';
import { putsPressure } from '../scenarios/load-scenarios.ts';
import { prepare } from '../scenarios/preparation.ts';
import type { Preparation, PreparationOptions } from '../scenarios/preparation.ts';
import { describeSubject } from '../subject/describe-subject.ts';
import type { ProjectSubject } from '../subject/project-subject.ts';
import {
  describeVictimLimits,
  describeVictimTier,
  findVictimTier,
  isStrong,
} from '../subject/victim-tier.ts';
import type { VictimTier } from '../subject/victim-tier.ts';
import type { Output, Surroundings } from '../surroundings.ts';
import { openToolWorkspace, temporaryFolder } from '../workspace/open-tool-workspace.ts';
import { recordOf } from './run-summary.ts';

/** What `validate` and `prove` both take. */
export interface RunCommandOptions extends PreparationOptions {
  readonly reports: readonly ReportTarget[];
  readonly seed: number | undefined;
  /** ms */
  readonly deadline: number | undefined;
  readonly color: boolean | undefined;
}

/** What is the same in every run of scenarios, however they are run. */
export type SharedRunOptions = Pick<
  RunOptions,
  'environment' | 'workspace' | 'overrides' | 'signal' | 'deadlineMs' | 'seed'
>;

/** Where a run tells a human what is going on. */
export interface Narration {
  readonly human: Output;
  readonly style: Style;
}

export interface RunWay {
  /** Hard end of the run, unless the command line says otherwise. */
  deadlineMs(configuration: LoadedConfiguration): number;
  /** How often each scenario is run. */
  readonly repeat: number;
  run(
    selected: readonly AnyScenario[],
    shared: SharedRunOptions,
    narration: Narration,
  ): Promise<{ readonly results: readonly ScenarioResult[]; readonly proofs?: readonly ScenarioProof[] }>;
}

export interface FinishedRun extends Narration {
  readonly preparation: Preparation;
  readonly record: RunRecord;
}

/**
 * Runs the scenarios that are asked for inside a workspace of their own, which is gone afterwards, and makes the record of it.
 *
 * @returns `undefined` where nothing is selected, which the user has been told.
 */
export async function runSelected(
  options: RunCommandOptions,
  surroundings: Surroundings,
  way: RunWay,
): Promise<FinishedRun | undefined> {
  const { cwd, stdout, stderr, now, interruption } = surroundings;
  const preparation = await prepare(options, surroundings);
  await checkReportTargets(options.reports, cwd);
  const { selected, limits, configuration } = preparation;
  if (selected.length === 0) {
    stderr.write('seaworthy: no scenario is selected. seaworthy list shows all.\n');
    return undefined;
  }
  const deadlineMs = options.deadline ?? way.deadlineMs(configuration);
  const seed = options.seed ?? surroundings.randomSeed();
  // A report on standard output must be alone there.
  const human = options.reports.some(({ file }) => file === '-') ? stderr : stdout;
  const style = styleFor(human, surroundings, options.color);
  const signal = interruption();
  const planned = selected.flatMap(({ id }) => Array.from({ length: way.repeat }, () => id));

  const startedAt = now();
  await using workspace = await openToolWorkspace(surroundings);
  const { environment, python, subject } = await preparation.surroundings(workspace);
  if (python.problem !== undefined)
    human.write(`No Python interpreter: ${python.problem}. seaworthy doctor tells more.\n`);
  const isPressed = selected.some(putsPressure);
  const tier = isPressed
    ? await findVictimTier(
        { environment, workspace, signal, untilHad: true },
        exhaustionSettings(configuration),
      )
    : undefined;
  const head = headOf(subject, tier, victimLimits(environment, exhaustionSettings(configuration)));
  human.write(`${wrapIndented(head, style.width - 2, 2)}\n`);
  const lookAgain = isPressed
    ? await watchLeftBehind({
        runId: workspace.runId,
        temporaryFolder: temporaryFolder(surroundings),
        engine: subject.engineSearch.engine,
      })
    : undefined;
  const start = performance.now();
  const { overrides } = limits;
  const shared = { environment, workspace, overrides, signal, deadlineMs, seed };
  const { results, proofs } = await way.run(selected, shared, { human, style });
  const durationMs = performance.now() - start;
  const leftBehind = await lookAgain?.();
  for (const one of leftBehind?.left ?? [])
    stderr.write(`seaworthy: warning: this run has left something behind: ${printable(one)}.\n`);
  const interrupted = interruptionOf(results, signal);
  const record = await recordOf(
    {
      runId: workspace.runId,
      startedAt,
      durationMs,
      seed,
      planned,
      results,
      invocation: {
        workingFolder: cwd,
        ...(options.python === undefined ? {} : { python: options.python }),
        ...(options.config === undefined ? {} : { configuration: options.config }),
        ...(options.subject === undefined ? {} : { subject: options.subject }),
      },
      ...(proofs === undefined ? {} : { proofs }),
      ...(interrupted === undefined ? {} : { interrupted }),
      ...(leftBehind === undefined ? {} : { leftBehind }),
    },
    preparation,
    environment,
    surroundings,
  );
  return { preparation, record, human, style };
}

/** What is validated, under which limits and, where something is put under pressure, in which tier. */
function headOf(subject: ProjectSubject, tier: VictimTier | undefined, limits: VictimLimits): string {
  const hint = subject.problem === undefined ? '' : '; seaworthy doctor tells more';
  const sizes = tier?.tier === undefined || !isStrong(tier.tier) ? '' : describeVictimLimits(limits);
  const victims = tier === undefined ? '' : `; ${describeVictimTier(tier)}${sizes}`;
  return printable(`Subject: ${describeSubject(subject)}${hint}${victims}.`);
}

/** A run that came to its own end was not interrupted, however close its deadline was. */
export function interruptionOf(
  results: readonly Pick<ScenarioResult, 'cutOff'>[],
  { reason }: Pick<AbortSignal, 'reason'>,
): Interruption | undefined {
  if (!results.some(({ cutOff }) => cutOff === 'run')) return undefined;
  return reason instanceof Interrupted ? reason.by : 'deadline';
}
