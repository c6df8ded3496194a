import { Option } from 'commander';
import type { Command } from 'commander';
import { limitOption } from '../options/limit-option.ts';
import type { LimitOption } from '../options/limit-option.ts';

/** Options that say which project, configuration and interpreter are meant. */
export function addProjectOptions(command: Command): Command {
  return command
    .option('--project <folder>', 'folder of the project (default: where you are)')
    .option(
      '--config <file>',
      'configuration (default: the nearest seaworthy.config.* or package.json above)',
    )
    .option(
      '--python <path>',
      "interpreter of the project (default: the project's virtual environment, or python3)",
    );
}

export interface ProjectFlags {
  readonly project?: string;
  readonly config?: string;
  readonly python?: string;
}

/** The option that says what is validated. */
export function addSubjectOption(command: Command): Command {
  return command.addOption(
    new Option(
      '--subject <what>',
      'validate the image that the tests run in, or this machine (default: the image where there is one)',
    ).choices(['auto', 'image', 'host']),
  );
}

export interface SubjectFlags {
  readonly subject?: 'auto' | 'image' | 'host';
}

/** Options that choose scenarios. */
export function addSelectionOptions(command: Command): Command {
  return command
    .argument('[ids...]', 'scenario ids, or globs such as "imports/*" (default: all)')
    .option('--group <name>', 'only this group (repeatable)', gather, [])
    .option('--tag <name>', 'only scenarios with this tag (repeatable)', gather, []);
}

export interface SelectionFlags {
  readonly group: readonly string[];
  readonly tag: readonly string[];
}

/** The option that changes limits. */
export function addLimitOption(command: Command): Command {
  return command.addOption(
    new Option('--limit <id.name=value>', 'change a limit, such as imports/project.maxCycles=30 (repeatable)')
      .argParser((text: string, previous: readonly LimitOption[]) => [...previous, limitOption(text)])
      .default([], 'none'),
  );
}

export interface LimitFlags {
  readonly limit: readonly LimitOption[];
}

/** The options that force colours on or off. */
export function addColorOptions(command: Command): Command {
  return command
    .option('--color', 'colours, also where the output is no terminal')
    .option('--no-color', 'no colours');
}

export interface ColorFlags {
  readonly color?: boolean;
}

/** Gathers an option that may be given several times. */
export function gather(text: string, previous: readonly string[]): readonly string[] {
  return [...previous, text];
}
