import { UsageError, engineErrorIn } from '@seaworthy/scenario';
import { EXIT } from './exit-code.ts';
import { Interrupted } from './interrupted.ts';
import { runProgram } from './program.ts';
import type { Surroundings } from './surroundings.ts';
import { ownVersion } from './version.ts';

/** Runs a command line and returns its exit code; every error has been told to the user by then. */
export async function main(argv: readonly string[], surroundings: Surroundings): Promise<number> {
  try {
    return await runProgram(argv, surroundings);
  } catch (error) {
    return reportError(error, surroundings);
  }
}

/** What the machine, not seaworthy, is to blame for. */
const OF_THE_MACHINE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota on a disk is used up',
  EROFS: 'a file system is read-only',
  EMFILE: 'too many files are open (ulimit -n)',
  ENFILE: 'too many files are open on this machine',
};

/** A container engine that is missing, refuses or does not answer any more, and an image that is not there. */
function ofTheEnvironment(error: unknown): Error | undefined {
  // By name: what it is of is loaded only where it is needed.
  if (error instanceof Error && error.name === 'SubjectUnavailable') return error;
  return engineErrorIn(error);
}

/** An error of the file system may be the cause of the one that was thrown. */
function reasonOfTheMachine(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const reason = OF_THE_MACHINE[(inner as NodeJS.ErrnoException).code ?? ''];
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Tells an error to the user, and returns the exit code for it. */
export function reportError(error: unknown, { stderr, cwd, env, nodeVersion }: Surroundings): number {
  if (error instanceof UsageError) {
    stderr.write(`seaworthy: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof Interrupted) {
    stderr.write('seaworthy: interrupted.\n');
    return EXIT.incomplete;
  }
  const missing = ofTheEnvironment(error);
  if (missing !== undefined) {
    stderr.write(`seaworthy: ${missing.message}\nseaworthy doctor tells what this machine has.\n`);
    return EXIT.environment;
  }
  const { message, stack } = error as Error;
  const reason = reasonOfTheMachine(error);
  if (reason !== undefined) {
    stderr.write(
      `seaworthy: cannot go on, ${reason}: ${message}\n` +
        `Temporary files are made in ${env['TMPDIR'] ?? '/tmp'}; TMPDIR names another place.\n`,
    );
    return EXIT.usage;
  }
  stderr.write(
    `seaworthy: this is a defect of seaworthy ${ownVersion()}, please report it with these lines.\n` +
      `${stack ?? String(message ?? error)}\nin ${cwd}, on Node ${nodeVersion}\n`,
  );
  return EXIT.internal;
}
