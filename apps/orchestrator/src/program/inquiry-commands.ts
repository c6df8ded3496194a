import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import type { Run } from './run.ts';
import {
  addColorOptions,
  addProjectOptions,
  addSelectionOptions,
  addSubjectOption,
} from './shared-options.ts';
import type { ColorFlags, ProjectFlags, SelectionFlags, SubjectFlags } from './shared-options.ts';

/** `seaworthy list` */
export function addListCommand(program: Command, run: Run, surroundings: Surroundings): void {
  const command = program
    .command('list')
    .description('show the scenarios, what each catches, and whether it can run here');
  addSelectionOptions(command);
  addSubjectOption(addProjectOptions(command)).option('--json', 'for programs', false);
  addColorOptions(command).action(
    (
      patterns: readonly string[],
      flags: ProjectFlags & SubjectFlags & SelectionFlags & ColorFlags & { readonly json: boolean },
    ) =>
      run(async () => {
        const { list } = await import('../commands/list.ts');
        const { group: groups, tag: tags, project, config, python, subject, json, color } = flags;
        return list(
          { patterns, groups, tags, project, config, python, subject, limits: [], json, color },
          surroundings,
        );
      })(),
  );
}

/** `seaworthy explain` */
export function addExplainCommand(program: Command, run: Run, surroundings: Surroundings): void {
  const command = program
    .command('explain')
    .description('print the long text of a finding code or a scenario')
    .argument('<code|id>', 'such as IMP001 or imports/project');
  addColorOptions(command).action((subject: string, { color }: ColorFlags) =>
    run(async () => {
      const { explain } = await import('../commands/explain.ts');
      return explain({ subject, color }, surroundings);
    })(),
  );
}

/** `seaworthy doctor` */
export function addDoctorCommand(program: Command, run: Run, surroundings: Surroundings): void {
  const command = program
    .command('doctor')
    .description('tell what this machine has of what scenarios need, and how to get the rest');
  addSubjectOption(addProjectOptions(command)).option('--json', 'for programs', false);
  addColorOptions(command).action(
    (flags: ProjectFlags & SubjectFlags & ColorFlags & { readonly json: boolean }) =>
      run(async () => {
        const { doctor } = await import('../commands/doctor.ts');
        const { project, config, python, subject, json, color } = flags;
        return doctor({ project, config, python, subject, json, color }, surroundings);
      })(),
  );
}
