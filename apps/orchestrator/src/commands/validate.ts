import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runScenarios } from '@seaworthy/scenario';
import { formatTerminal } from '@seaworthy/reports';
import { EXIT } from '../exit-code.ts';
import { duration } from '../options/numbers.ts';
import { showProgress } from '../progress/progress.ts';
import { writeReports } from '../report-files/write-reports.ts';
import type { Surroundings } from '../surroundings.ts';
import { conclude } from './run-conclusion.ts';
import { runSelected } from './run-selected.ts';
import type { RunCommandOptions } from './run-selected.ts';

export interface ValidateOptions extends RunCommandOptions {
  readonly strict: boolean;
  readonly repeat: number;
}

/** Hard end of one round unless the user says otherwise. */
const DEADLINE_MS = 300_000;

/** Runs scenarios and reports what they found; see the README for its exit codes. */
export async function validate(options: ValidateOptions, surroundings: Surroundings): Promise<number> {
  const { repeat, strict } = options;
  const finished = await runSelected(options, surroundings, {
    repeat,
    deadlineMs: ({ values, place }) =>
      values.deadline === undefined ? DEADLINE_MS * repeat : duration(place(['deadline']), values.deadline),
    async run(selected, shared, { human, style }) {
      const total = selected.length * repeat;
      using progress = showProgress({
        output: human,
        style,
        total,
        now: surroundings.now,
        idWidth: Math.max(24, ...selected.map(({ id }) => id.length)),
      });
      const onEvent = progress.onEvent.bind(progress);
      return { results: await runScenarios(selected, { ...shared, repeat, onEvent }) };
    },
  });
  if (finished === undefined) return EXIT.nothingSelected;
  const { preparation, record, human, style } = finished;
  const readSource = sourceReader(record.project.root);
  human.write(`\n${formatTerminal(record, { ...style, readSource })}`);
  await writeReports(record, options.reports, surroundings.cwd, (text) => surroundings.stdout.write(text));
  const { isRequired } = preparation;
  return conclude(record.results, { isRequired, strict, interrupted: record.interrupted });
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
