import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runScenarios } from '@seaworthy/scenario';
import { formatTerminal } from '@seaworthy/reports';
import { EXIT } from '../exit-code.ts';
import { duration } from '../options/numbers.ts';
import { styleFor } from '../options/style.ts';
import { showProgress } from '../progress/progress.ts';
import type { ReportTarget } from '../report-files/report-target.ts';
import { checkReportTargets, writeReports } from '../report-files/write-reports.ts';
import { prepare } from '../scenarios/preparation.ts';
import type { PreparationOptions } from '../scenarios/preparation.ts';
import type { Surroundings } from '../surroundings.ts';
import { conclude } from './run-conclusion.ts';
import { DEFAULT_DEADLINE_MS, runInWorkspace } from './run-in-workspace.ts';
import { recordOf } from './run-summary.ts';

export interface ValidateOptions extends PreparationOptions {
  readonly reports: readonly ReportTarget[];
  readonly strict: boolean;
  readonly repeat: number;
  readonly seed: number | undefined;
  /** ms */
  readonly deadline: number | undefined;
  readonly color: boolean | undefined;
}

/** Runs scenarios and reports what they found; see the README for its exit codes. */
export async function validate(options: ValidateOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, stdout, stderr, now } = surroundings;
  const preparation = await prepare(options, surroundings);
  await checkReportTargets(options.reports, cwd);
  const { selected, configuration } = preparation;
  if (selected.length === 0) {
    stderr.write('seaworthy: no scenario is selected. seaworthy list shows all.\n');
    return EXIT.nothingSelected;
  }
  const { search, ...environment } = await preparation.environment();
  // A report on standard output must be alone there.
  const human = options.reports.some(({ file }) => file === '-') ? stderr : stdout;
  const style = styleFor(human, surroundings, options.color);
  if (search.problem !== undefined)
    human.write(`No Python interpreter: ${search.problem}. seaworthy doctor tells more.\n`);

  const seed = options.seed ?? surroundings.randomSeed();
  const { values } = configuration;
  const deadlineMs =
    options.deadline ??
    (values.deadline === undefined
      ? DEFAULT_DEADLINE_MS * options.repeat
      : duration(configuration.place(['deadline']), values.deadline));
  const planned = selected.flatMap(({ id }) => Array.from({ length: options.repeat }, () => id));

  using progress = showProgress({ output: human, style, total: planned.length, now });
  const outcome = await runInWorkspace(preparation, { deadlineMs, seed }, surroundings, (shared) =>
    runScenarios(selected, {
      ...shared,
      environment,
      repeat: options.repeat,
      onEvent: (event) => progress.onEvent(event),
    }),
  );
  progress[Symbol.dispose]();
  const record = await recordOf(
    { preparation, environment, outcome, seed, planned, results: outcome.result },
    surroundings,
  );
  const readSource = sourceReader(environment.project.root);
  human.write(`\n${formatTerminal(record, { ...style, readSource })}`);
  await writeReports(record, options.reports, cwd, (text) => stdout.write(text));
  return conclude(record.results, {
    ...preparation,
    strict: options.strict,
    interrupted: record.interrupted,
  });
}

/** Largest source file of which lines are shown. */
const LARGEST_SOURCE = 2_000_000;

function sourceReader(root: string): (path: string) => string | undefined {
  return (path) => {
    try {
      const text = readFileSync(resolve(root, path), 'utf8');
      return text.length > LARGEST_SOURCE ? undefined : text;
    } catch {
      return undefined;
    }
  };
}
