import { UsageError, type Workspace } from '@seaworthy/scenario';
import { isSupported, OLDEST_SUPPORTED, parsePythonVersion } from '../../python-version.ts';

/** Long enough for an interpreter on a slow network file system; one that takes longer is of no use. */
const PATIENCE_MS = 20_000;

/**
 * Asks an interpreter for its version.
 *
 * @returns minor version of Python 3
 * @throws UsageError `INTERPRETER_MISSING` where it cannot be started, `INTERPRETER_UNSUITABLE` where it is no Python
 * or older than 3.8
 */
export async function checkInterpreter(
  python: string,
  workspace: Workspace,
  signal?: AbortSignal,
): Promise<number> {
  const answer = await ask(python, workspace, signal);
  const version = parsePythonVersion(/\d+\.\d+$/.exec(answer)?.[0] ?? '');
  if (version === undefined) {
    throw new UsageError(
      'INTERPRETER_UNSUITABLE',
      `${python} does not answer as a Python interpreter does: give the path of the project's own (such as .venv/bin/python)`,
    );
  }
  if (!isSupported(version)) {
    throw new UsageError(
      'INTERPRETER_UNSUITABLE',
      `${python} is Python ${version.major}.${version.minor}; modules can be tried with Python ${OLDEST_SUPPORTED} or newer. Give the path of a newer interpreter`,
    );
  }
  return version.minor;
}

async function ask(python: string, workspace: Workspace, signal: AbortSignal | undefined): Promise<string> {
  const program = 'import sys; sys.stdout.write("%d.%d" % sys.version_info[:2])';
  let process;
  try {
    process = workspace.spawn(python, ['-c', program], {
      cwd: workspace.folder,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  } catch (cause) {
    throw new UsageError(
      'INTERPRETER_MISSING',
      `There is no Python interpreter at ${python}: give the path of one that exists`,
      { cause },
    );
  }
  await using owned = process;
  const chunks: string[] = [];
  owned.child.stdout?.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  const closed = new Promise((resolve) => owned.child.once('close', resolve));
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), PATIENCE_MS);
  const stopped = whenAborted(signal === undefined ? late.signal : AbortSignal.any([signal, late.signal]));
  try {
    await Promise.race([Promise.all([owned.exited, closed]), stopped]);
  } finally {
    clearTimeout(timer);
  }
  signal?.throwIfAborted();
  return chunks.join('').trimEnd();
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
