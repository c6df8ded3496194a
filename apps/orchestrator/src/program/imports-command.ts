import { Option } from 'commander';
import type { Command } from 'commander';
import { IMPORT_FORMATS } from '../imports/import-formats.ts';
import type { ImportFormat } from '../imports/import-formats.ts';
import { choose } from '../options/choose.ts';
import { wholeNumber } from '../options/numbers.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Run } from './run.ts';
import { addColorOptions, gather } from './shared-options.ts';
import type { ColorFlags } from './shared-options.ts';

const VIEWS = ['import-time', 'all', 'runtime'] as const;
const LANGUAGES = ['auto', 'python', 'typescript'] as const;

interface Flags extends ColorFlags {
  readonly format: ImportFormat;
  readonly graph: (typeof VIEWS)[number];
  readonly language: (typeof LANGUAGES)[number];
  readonly config?: string;
  readonly tsconfig?: string;
  readonly verify?: boolean;
  readonly predict: boolean;
  readonly python?: string;
  readonly baseline?: string;
  readonly updateBaseline: boolean;
  readonly maxCycles?: number;
  readonly maxLength?: number;
  readonly exitZero: boolean;
  readonly exclude: readonly string[];
  readonly cache: boolean;
  readonly output?: string;
}

/** `seaworthy imports` */
export function addImportsCommand(program: Command, run: Run, surroundings: Surroundings): void {
  const command = program
    .command('imports')
    .description('show the import cycles of a Python or TypeScript project, and what they do')
    .argument('[paths...]', 'folders or files (default: where you are)')
    .addOption(oneOf('--format <name>', 'how to print it', IMPORT_FORMATS, 'text'))
    .addOption(oneOf('--graph <name>', 'which imports count', VIEWS, 'import-time'))
    .addOption(oneOf('--language <name>', 'of the sources', LANGUAGES, 'auto'))
    .option(
      '--verify',
      'also import every module of a cycle first, in fresh interpreters (executes your code)',
    )
    .option('--no-predict', 'do not follow which modules crash when they are imported first (faster)')
    .option('--python <path>', "interpreter for --verify (default: the project's)")
    .option('--baseline <file>', 'file of accepted cycles')
    .option('--update-baseline', 'write it where there is none, else take out what is gone', false)
    .option('--max-cycles <n>', 'how many cycles pass (default: 0)', (text) =>
      wholeNumber('--max-cycles', text, 0),
    )
    .option('--max-length <n>', 'how many modules a cycle may have; alone: only longer ones count', (text) =>
      wholeNumber('--max-length', text, 1),
    )
    .option('--exit-zero', 'exit code 0 also when there are cycles', false)
    .option('--exclude <glob>', 'leave out files and folders (repeatable)', gather, [])
    .option('--tsconfig <file>', 'of a TypeScript project (default: the nearest)')
    .option(
      '--config <file>',
      'configuration (default: the nearest seaworthy.config.* or package.json above)',
    )
    .option('--output <file>', 'write the report there')
    .option('--cache', 'remember what was found in unchanged files')
    .option('--no-cache', 'read every file');
  addColorOptions(command).action((paths: readonly string[], flags: Flags) =>
    run(async () => {
      const { imports } = await import('../commands/imports.ts');
      return imports(
        {
          paths,
          config: flags.config,
          format: flags.format,
          graph: flags.graph,
          language: flags.language,
          tsconfig: flags.tsconfig,
          verify: flags.verify,
          predict: flags.predict,
          python: flags.python,
          baseline: flags.baseline,
          updateBaseline: flags.updateBaseline,
          maxCycles: flags.maxCycles,
          maxLength: flags.maxLength,
          exitZero: flags.exitZero,
          exclude: flags.exclude,
          cache: flags.cache ?? true,
          output: flags.output,
          color: flags.color,
        },
        surroundings,
      );
    })(),
  );
}

function oneOf<const Name extends string>(
  flags: string,
  description: string,
  names: readonly Name[],
  fallback: Name,
): Option {
  const name = flags.split(' ')[0] ?? flags;
  return new Option(flags, `${description}: ${names.join(', ')}`)
    .argParser((text) => choose(name, text, names))
    .default(fallback);
}
