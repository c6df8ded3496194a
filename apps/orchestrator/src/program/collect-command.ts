import { Option } from 'commander';
import type { Command } from 'commander';
import { UsageError } from '@seaworthy/scenario';
import { COLLECT_FORMATS } from '../collect/collect-formats.ts';
import type { CollectFormat } from '../collect/collect-formats.ts';
import { byteSize } from '../options/byte-size.ts';
import { choose } from '../options/choose.ts';
import { duration } from '../options/numbers.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Run } from './run.ts';
import { addColorOptions } from './shared-options.ts';
import type { ColorFlags } from './shared-options.ts';

interface Flags extends ColorFlags {
  readonly format: CollectFormat;
  readonly output?: string;
  readonly compare?: string;
  readonly limit?: number;
  readonly smallestLimit: boolean;
  readonly python?: string;
  readonly image?: string;
  readonly mount: boolean;
  readonly workdir?: string;
  readonly config?: string;
  readonly timeout?: number;
  readonly budget?: number;
  readonly cold?: boolean;
  readonly warm?: boolean;
  readonly verify: boolean;
  readonly exitZero: boolean;
}

/**
 * `seaworthy collect`
 *
 * @param args what stands behind `--` on the command line.
 */
export function addCollectCommand(
  program: Command,
  run: Run,
  surroundings: Surroundings,
  args: readonly string[] | undefined,
): void {
  const command = program
    .command('collect')
    .description("show where the time and memory of a project's own pytest collection go")
    .usage('[options] [path] [-- <pytest arguments>]')
    .argument('[path]', 'folder to start pytest in (default: where you are)')
    .addOption(
      new Option('--format <name>', `how to print it: ${COLLECT_FORMATS.join(', ')}`)
        .argParser((text) => choose('--format', text, COLLECT_FORMATS))
        .default('text'),
    )
    .option('--output <file>', 'write the report there')
    .option(
      '--compare <rev|file>',
      'with a git revision (both are collected in turn), or with a profile saved by --format json',
    )
    .option('--limit <size>', 'run it under a memory limit, such as 512m', (text) => limit(text))
    .option('--smallest-limit', 'look for the smallest memory limit that it passes under', false)
    .option('--no-verify', 'do not collect again without the dearest plugins (faster)')
    .option('--cold', 'with --compare REV: only without bytecode of the project')
    .option('--warm', 'with --compare REV: only with it')
    .option('--budget <span>', 'with --compare REV: how long to go on, such as 5m (default: 2m)', (text) =>
      duration('--budget', text),
    )
    .option('--timeout <span>', 'of each run, such as 90s (default: 10m)', (text) =>
      duration('--timeout', text),
    )
    .option('--exit-zero', 'exit code 0 also when it fails or got worse', false)
    .option(
      '--python <path>',
      "interpreter that has pytest (default: the project's virtual environment, or python3)",
    )
    .option('--image <name>', 'collect what lies in this container image, in throw-away containers of it')
    .option(
      '--mount',
      'with --image: the folder of this machine in place of the one in the image, read-only',
      false,
    )
    .option('--workdir <path>', "with --image: folder in it to start pytest in (default: the image's own)")
    .option(
      '--config <file>',
      'configuration (default: the nearest seaworthy.config.* or package.json above)',
    )
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  seaworthy collect                              the project you are in\n' +
        '  seaworthy collect . -- tests/unit -m "not slow"\n' +
        '  seaworthy collect --limit 512m                 as in a container of that size\n' +
        '  seaworthy collect --image shop-tests --limit 512m   in the image itself, without a network\n' +
        '  seaworthy collect --compare main               is it slower than on main?\n' +
        '\nExit codes: 0 collected, 1 errors, killed, timed out, or worse than what it is compared with, 2 usage (an\n' +
        'interpreter, folder or image that was named and is not there, too), 3 no interpreter or engine was found, or no\n' +
        'pytest, 130/143 signals.',
    );
  addColorOptions(command).action((path: string | undefined, flags: Flags) =>
    run(async () => {
      demandSense(flags);
      const { collect } = await import('../commands/collect.ts');
      const { cold = false, warm = false } = flags;
      return collect(
        {
          path,
          args,
          format: flags.format,
          output: flags.output,
          compare: flags.compare,
          limit: flags.limit,
          smallestLimit: flags.smallestLimit,
          python: flags.python,
          image:
            flags.image === undefined
              ? undefined
              : { name: flags.image, mount: flags.mount, folder: flags.workdir },
          config: flags.config,
          timeout: flags.timeout,
          budget: flags.budget,
          states: cold === warm ? undefined : [cold ? 'cold' : 'warm'],
          verify: flags.verify,
          exitZero: flags.exitZero,
          color: flags.color,
        },
        surroundings,
      );
    })(),
  );
}

function limit(text: string): number {
  if (/^[\w/-]+\.\w+=/.test(text))
    throw new UsageError(
      'BAD_SIZE',
      `--limit of collect is a memory limit, such as 512m. Limits of scenarios are changed with: seaworthy validate --limit ${text}`,
    );
  return byteSize('--limit', text);
}

/** @throws UsageError `MEANINGLESS_OPTION`, for what would be done without a word, or not at all. */
function demandSense(flags: Flags): void {
  const { compare, cold, warm, budget, smallestLimit, limit: size, format, image, mount, workdir } = flags;
  const problem =
    image === undefined && (mount || workdir !== undefined)
      ? '--mount and --workdir belong to --image.'
      : image !== undefined && smallestLimit
        ? '--smallest-limit looks for the limit on this machine, without --image.'
        : workdir?.startsWith('/') === false
          ? `--workdir takes an absolute path in the image, got ${JSON.stringify(workdir)}.`
          : problemOf({ compare, cold, warm, budget, smallestLimit, limit: size, format });
  if (problem !== undefined) throw new UsageError('MEANINGLESS_OPTION', problem);
}

type Measured = 'compare' | 'cold' | 'warm' | 'budget' | 'smallestLimit' | 'limit' | 'format';

function problemOf(
  flags: Pick<Flags, 'smallestLimit' | 'format'> & { [K in Measured]?: Flags[K] | undefined },
): string | undefined {
  const { compare, cold, warm, budget, smallestLimit, limit: size, format } = flags;
  return compare === undefined && (cold === true || warm === true || budget !== undefined)
    ? '--cold, --warm and --budget belong to --compare REV.'
    : compare !== undefined && smallestLimit
      ? '--smallest-limit and --compare cannot be asked for at once.'
      : size !== undefined && smallestLimit
        ? '--smallest-limit tries limits of its own: leave --limit out.'
        : compare !== undefined && format === 'html'
          ? 'A comparison cannot be written as html. Known: text, json, markdown.'
          : undefined;
}
