import { Command, CommanderError } from 'commander';
import { addCollectCommand } from './program/collect-command.ts';
import { addDoctorCommand, addExplainCommand, addListCommand } from './program/inquiry-commands.ts';
import { addImportsCommand } from './program/imports-command.ts';
import { splitPassedOn } from './program/passed-on.ts';
import type { Run } from './program/run.ts';
import { addProveCommand, addValidateCommand } from './program/run-commands.ts';
import { EXIT } from './exit-code.ts';
import type { Surroundings } from './surroundings.ts';
import { ownVersion } from './version.ts';

/**
 * Reads a command line and runs the command that it names. What a command needs is loaded only then.
 *
 * @returns the exit code.
 * @throws UsageError, and whatever keeps a command from running.
 */
export async function runProgram(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  const { own, passedOn } = splitPassedOn(argv);
  let exitCode: number = EXIT.passed;
  const run: Run = (command) => async () => {
    exitCode = await command();
  };
  const program = new Command('seaworthy')
    .description('Finds out whether a dockerised pytest environment survives what kills such environments.')
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text.replace(/^error: /, 'seaworthy: ')),
      getOutHelpWidth: () => stdout.columns ?? 80,
      getErrHelpWidth: () => stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      '\nExit codes: 0 passed, 1 a check failed, 2 usage or configuration, 3 environment missing, 4 incomplete,\n' +
        '5 nothing selected, 70 a defect of seaworthy, 130/143 signals.',
    );
  addValidateCommand(program, run, surroundings);
  addProveCommand(program, run, surroundings);
  addListCommand(program, run, surroundings);
  addExplainCommand(program, run, surroundings);
  addDoctorCommand(program, run, surroundings);
  addImportsCommand(program, run, surroundings);
  addCollectCommand(program, run, surroundings, passedOn);
  try {
    await program.parseAsync([...own], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version that were asked for end with 0, everything else is a mistake.
    return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
  }
  return exitCode;
}
