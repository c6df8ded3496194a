import { Option } from 'commander';
import type { Command } from 'commander';
import { duration, wholeNumber } from '../options/numbers.ts';
import { reportTarget } from '../report-files/report-target.ts';
import type { ReportTarget } from '../report-files/report-target.ts';
import type { PreparationOptions } from '../scenarios/preparation.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Run } from './run.ts';
import {
  addColorOptions,
  addLimitOption,
  addProjectOptions,
  addSelectionOptions,
  addSubjectOption,
} from './shared-options.ts';
import type { ColorFlags, LimitFlags, ProjectFlags, SelectionFlags, SubjectFlags } from './shared-options.ts';

interface RunFlags extends ProjectFlags, SubjectFlags, SelectionFlags, LimitFlags, ColorFlags {
  readonly report: readonly ReportTarget[];
  readonly seed?: number;
  readonly deadline?: number;
}

function addRunOptions(command: Command, deadline: string): Command {
  addSelectionOptions(command);
  addProjectOptions(command);
  addSubjectOption(command);
  addLimitOption(command);
  command
    .addOption(
      new Option(
        '--report <format=file>',
        'write a report: json or junit; "-" is standard output (repeatable)',
      )
        .argParser((text: string, previous: readonly ReportTarget[]) => [...previous, reportTarget(text)])
        .default([], 'none'),
    )
    .option('--seed <number>', 'repeat what was left to chance in an earlier run', (text) =>
      wholeNumber('--seed', text, 0),
    )
    .option(
      '--deadline <time>',
      `hard end of the whole run, such as 90s or 5m (default: ${deadline})`,
      (text) => duration('--deadline', text),
    );
  return addColorOptions(command);
}

/** `seaworthy validate` */
export function addValidateCommand(program: Command, run: Run, surroundings: Surroundings): void {
  const command = program.command('validate').description('run scenarios and report what they find');
  addRunOptions(command, "the configuration's, or 5m")
    .option(
      '--repeat <times>',
      'run each scenario so often',
      (text) => wholeNumber('--repeat', text, 1, 1000),
      1,
    )
    .option('--strict', 'do not accept scenarios that cannot tell or cannot run', false)
    .action(
      (
        patterns: readonly string[],
        flags: RunFlags & { readonly repeat: number; readonly strict: boolean },
      ) =>
        run(async () => {
          const { validate } = await import('../commands/validate.ts');
          return validate(
            { ...runOptions(patterns, flags), repeat: flags.repeat, strict: flags.strict },
            surroundings,
          );
        })(),
    );
}

/** `seaworthy prove` */
export function addProveCommand(program: Command, run: Run, surroundings: Surroundings): void {
  const command = program
    .command('prove')
    .description('remove each fix on purpose and show that exactly the check that guards it turns red');
  addRunOptions(command, '30m').action((patterns: readonly string[], flags: RunFlags) =>
    run(async () => {
      const { prove } = await import('../commands/prove.ts');
      return prove(runOptions(patterns, flags), surroundings);
    })(),
  );
}

function runOptions(
  patterns: readonly string[],
  flags: RunFlags,
): PreparationOptions & {
  readonly reports: readonly ReportTarget[];
  readonly seed: number | undefined;
  readonly deadline: number | undefined;
  readonly color: boolean | undefined;
} {
  return {
    patterns,
    groups: flags.group,
    tags: flags.tag,
    project: flags.project,
    config: flags.config,
    python: flags.python,
    subject: flags.subject,
    limits: flags.limit,
    reports: flags.report,
    seed: flags.seed,
    deadline: flags.deadline,
    color: flags.color,
  };
}
