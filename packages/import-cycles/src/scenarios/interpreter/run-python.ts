import type { MeasureContext } from '@seaworthy/scenario';
import { pythonProgram } from '../../package-folder.ts';
import { pythonOf } from './requires-python.ts';
import { runProgram } from './run-program.ts';
import type { ProgramRun } from './run-program.ts';

export interface PythonRunOptions {
  readonly cwd: string;
  readonly timeoutMs: number;
  readonly input?: string;
}

/** What one of our Python programs said, or how it ended without saying anything. */
export type PythonAnswer<Result> =
  | { readonly result: Result; readonly failure?: undefined }
  | { readonly result?: undefined; readonly failure: string };

/**
 * Isolated: the environment variables and the user's own packages change nothing (`PYTHONDONTWRITEBYTECODE` among
 * them). No bytecode is written: where it is wanted, `compileFolder` makes it beforehand.
 */
export const ISOLATED = ['-I', '-B', '-X', 'utf8'] as const;

/**
 * Runs one of this package's Python programs in a fresh interpreter of the project's and reads its JSON answer.
 * @throws when the interpreter cannot be started, or the signal fires
 */
export async function runPython<Result>(
  program: string,
  args: readonly string[],
  context: MeasureContext,
  options: PythonRunOptions,
): Promise<PythonAnswer<Result>> {
  const { executable } = pythonOf(context.environment);
  const run = await runProgram(executable, [...ISOLATED, pythonProgram(`scenarios/${program}`), ...args], {
    workspace: context.workspace,
    signal: context.signal,
    ...options,
  });
  return readAnswer(program, run, options.timeoutMs);
}

/** What a program printed, or how it ended without that. */
export function readAnswer<Result>(
  program: string,
  run: ProgramRun,
  timeoutMs: number,
): PythonAnswer<Result> {
  try {
    return { result: JSON.parse(run.stdout) as Result };
  } catch {
    const how = run.timedOut
      ? `gave no answer within ${timeoutMs} ms`
      : `ended with ${run.signal ?? `exit code ${String(run.code)}`} and no answer`;
    return { failure: `${program} ${how}${run.stderr === '' ? '' : `: ${run.stderr.trim()}`}` };
  }
}

/** As `runPython`, for programs that always answer. @throws when this one did not */
export async function askPython<Result>(
  program: string,
  args: readonly string[],
  context: MeasureContext,
  options: PythonRunOptions,
): Promise<Result> {
  const answer = await runPython<Result>(program, args, context, options);
  if (answer.failure !== undefined) throw new Error(answer.failure);
  return answer.result;
}

/** Writes the bytecode of every module in a folder, so that imports are warm. */
export async function compileFolder(folder: string, context: MeasureContext): Promise<void> {
  const { executable } = pythonOf(context.environment);
  const run = await runProgram(executable, ['-I', '-X', 'utf8', '-m', 'compileall', '-q', folder], {
    workspace: context.workspace,
    signal: context.signal,
    cwd: folder,
    timeoutMs: 30_000,
  });
  if (run.code !== 0) throw new Error(`Could not compile ${folder}: ${run.stdout}${run.stderr}`);
}
