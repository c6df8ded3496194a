import { proveScenarios } from '@seaworthy/scenario';
import { formatProofLine, formatProofMatrix } from '@seaworthy/reports';
import { EXIT } from '../exit-code.ts';
import { styleFor } from '../options/style.ts';
import { showProgress } from '../progress/progress.ts';
import type { ReportTarget } from '../report-files/report-target.ts';
import { checkReportTargets, writeReports } from '../report-files/write-reports.ts';
import { prepare } from '../scenarios/preparation.ts';
import type { PreparationOptions } from '../scenarios/preparation.ts';
import type { Surroundings } from '../surroundings.ts';
import { concludeProofs } from './proof-conclusion.ts';
import { runInWorkspace } from './run-in-workspace.ts';
import { recordOf } from './run-summary.ts';

export interface ProveOptions extends PreparationOptions {
  readonly reports: readonly ReportTarget[];
  readonly seed: number | undefined;
  /** ms */
  readonly deadline: number | undefined;
  readonly color: boolean | undefined;
}

/** A scenario runs once for each of its faults and twice without one. */
const DEADLINE_MS = 1_800_000;

/** Removes each fix on purpose and shows whether exactly the check that guards it turns red. */
export async function prove(options: ProveOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, stdout, stderr, now } = surroundings;
  const preparation = await prepare(options, surroundings);
  await checkReportTargets(options.reports, cwd);
  const { selected } = preparation;
  if (selected.length === 0) {
    stderr.write('seaworthy: no scenario is selected. seaworthy list shows all.\n');
    return EXIT.nothingSelected;
  }
  const { search, ...environment } = await preparation.environment();
  const human = options.reports.some(({ file }) => file === '-') ? stderr : stdout;
  const style = styleFor(human, surroundings, options.color);
  if (search.problem !== undefined)
    human.write(`No Python interpreter: ${search.problem}. seaworthy doctor tells more.\n`);

  const seed = options.seed ?? surroundings.randomSeed();
  using progress = showProgress({
    output: human,
    style,
    total: selected.length,
    now,
    finishedLine: () => undefined,
  });
  const nameWidth = Math.max(
    ...selected.flatMap(({ id, faults }) => faults.map((fault) => `${id} ${fault.id}`.length)),
  );
  const length = { deadlineMs: options.deadline ?? DEADLINE_MS, seed };
  const outcome = await runInWorkspace(preparation, length, surroundings, (shared) =>
    proveScenarios(selected, {
      ...shared,
      environment,
      onEvent: (event) => progress.onEvent(event),
      onProof: (proof) => progress.line(formatProofLine(proof, { color: style.color, nameWidth })),
    }),
  );
  progress[Symbol.dispose]();
  const proofs = outcome.result.filter((proof) => proof !== undefined);
  human.write(`\n${formatProofMatrix(proofs, style)}`);
  const planned = selected.map(({ id }) => id);
  const results = proofs.map(({ before, after }) => after ?? before);
  const summary = { preparation, environment, outcome, seed, planned, results, proofs };
  if (options.reports.length > 0)
    await writeReports(await recordOf(summary, surroundings), options.reports, cwd, (text) =>
      stdout.write(text),
    );
  const complete = outcome.interrupted === undefined && proofs.length === selected.length;
  return concludeProofs(proofs, complete);
}
