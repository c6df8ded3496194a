import type { PythonInterpreter } from '@seaworthy/scenario';
import { askProgram } from '../programs/ask-program.ts';
import type { AskOptions } from '../programs/ask-program.ts';

/** Oldest Python that the programs seaworthy hands to an interpreter run on. */
export const OLDEST_PYTHON = '3.8';

/** Runs on Python 2 too, so that it can say what it is. */
const QUESTION =
  'import sys, json; print(json.dumps([sys.executable, "%d.%d.%d" % sys.version_info[:3], ' +
  'getattr(getattr(sys, "implementation", None), "name", "")]))';

const IMPLEMENTATIONS: Readonly<Record<string, string>> = {
  cpython: 'CPython',
  pypy: 'PyPy',
  graalpy: 'GraalPy',
};

/** `cwd`: version managers choose by the folder. */
export type ProbeOptions = Omit<AskOptions, 'timeoutMs'> & { readonly timeoutMs?: number };

/**
 * Asks an interpreter what it is, by running it: isolated (`-I`) and without site packages, so that nothing of the project
 * is executed.
 *
 * @returns what it said of itself, or why it cannot be used.
 */
export async function probePython(
  path: string,
  options: ProbeOptions,
): Promise<PythonInterpreter | { readonly problem: string }> {
  const { timeoutMs = 10_000 } = options;
  const { stdout, stderr, exitCode, notStarted, timedOut, summary } = await askProgram(
    path,
    ['-I', '-S', '-c', QUESTION],
    { ...options, timeoutMs },
  );
  if (timedOut) return { problem: `it did not answer within ${String(timeoutMs / 1000)} s` };
  if (notStarted === 'no-program') return { problem: 'there is no such program' };
  if (notStarted === 'not-executable') return { problem: 'it may not be executed' };
  const answer = exitCode === 0 ? parseAnswer(stdout) : undefined;
  if (answer === undefined) {
    const said = stderr.trim().split('\n')[0] ?? '';
    return {
      problem: `it does not answer like a Python ${OLDEST_PYTHON} or newer (${summary}${said === '' ? '' : `: ${said}`})`,
    };
  }
  const [executable, version, name] = answer;
  if (isOlder(version, OLDEST_PYTHON)) {
    return { problem: `it is Python ${version}, and ${OLDEST_PYTHON} or newer is needed` };
  }
  return {
    executable: executable === '' ? path : executable,
    version,
    implementation: IMPLEMENTATIONS[name] ?? name,
  };
}

function parseAnswer(stdout: string): readonly [string, string, string] | undefined {
  try {
    const data: unknown = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    if (!Array.isArray(data) || data.length !== 3 || !data.every((item) => typeof item === 'string'))
      return undefined;
    const [executable = '', version = '', name = ''] = data;
    return /^\d+\.\d+\.\d+$/.test(version) ? [executable, version, name] : undefined;
  } catch {
    return undefined;
  }
}

function isOlder(version: string, oldest: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = oldest.split('.').map(Number);
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
