import { proveScenarios } from '@seaworthy/scenario';
import { formatProofLine, formatProofMatrix } from '@seaworthy/reports';
import { EXIT } from '../exit-code.ts';
import { showProgress } from '../progress/progress.ts';
import { writeReports } from '../report-files/write-reports.ts';
import type { Surroundings } from '../surroundings.ts';
import { concludeProofs } from './proof-conclusion.ts';
import { runSelected } from './run-selected.ts';
import type { RunCommandOptions } from './run-selected.ts';

/** A scenario runs once for each of its faults and twice without one, so what is configured for a run is no measure. */
const DEADLINE_MS = 1_800_000;

/** Removes each fix on purpose and shows whether exactly the check that guards it turns red. */
export async function prove(options: RunCommandOptions, surroundings: Surroundings): Promise<number> {
  const finished = await runSelected(options, surroundings, {
    repeat: 1,
    deadlineMs: () => DEADLINE_MS,
    async run(selected, shared, { human, style }) {
      const names = selected.flatMap(({ id, faults }) => faults.map((fault) => `${id} ${fault.id}`));
      const nameWidth = Math.max(0, ...names.map((name) => name.length));
      using progress = showProgress({
        output: human,
        style,
        total: selected.length,
        now: surroundings.now,
        finishedLine: () => undefined,
      });
      const proofs = await proveScenarios(selected, {
        ...shared,
        onEvent: (event) => progress.onEvent(event),
        onProof: (proof) => progress.line(formatProofLine(proof, { color: style.color, nameWidth })),
      });
      return { proofs, results: proofs.map(({ before, after }) => after ?? before) };
    },
  });
  if (finished === undefined) return EXIT.nothingSelected;
  const { record, human, style } = finished;
  const proofs = record.proofs ?? [];
  human.write(`\n${formatProofMatrix(proofs, { color: style.color, interrupted: record.interrupted })}`);
  await writeReports(record, options.reports, surroundings.cwd, (text) => surroundings.stdout.write(text));
  return concludeProofs(proofs, record.interrupted === undefined);
}
