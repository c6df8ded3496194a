import type { PythonInterpreter } from '@seaworthy/scenario';
import { askProgram } from '../programs/ask-program.ts';
import type { Asking } from '../programs/ask-program.ts';
import { OLDEST_PYTHON } from '../python/probe-python.ts';
import type { PythonSearch } from '../python/python-search.ts';
import type { Check } from './check.ts';

const HOW =
  `Install Python ${OLDEST_PYTHON} or newer (Debian: apt-get install python3 python3-venv), ` +
  'make the project a .venv with it, or name one with --python.';

/** Which interpreters there are, and which one is used. */
export function checkPython({ candidates, chosen, problem }: PythonSearch): Check {
  const details = candidates.map(({ origin, path, interpreter, problem: why }) => {
    const what =
      interpreter === undefined ? String(why) : `${interpreter.implementation} ${interpreter.version}`;
    return `${origin}: ${path}: ${what}`;
  });
  const data = {
    used: chosen === undefined ? null : { ...chosen },
    candidates: candidates.map(({ origin, path, interpreter, problem: why }) => ({
      origin,
      path,
      version: interpreter?.version ?? null,
      problem: why ?? null,
    })),
  };
  if (chosen === undefined) {
    const found = problem ?? 'none';
    return { id: 'python', title: 'Python', state: 'missing', found, details, how: HOW, data };
  }
  const found = `${chosen.implementation} ${chosen.version} at ${chosen.executable} (from ${candidates[0]?.origin ?? ''})`;
  return { id: 'python', title: 'Python', state: 'ok', found, details, data };
}

/** What the recorder of collections knows. */
const OLDEST_PYTEST = 6;

/** The distribution's version is read: nothing of pytest or of the project is imported. */
const QUESTION =
  'import importlib.metadata as m, sys\n' +
  'try: print(m.version("pytest"))\n' +
  'except m.PackageNotFoundError: sys.exit(3)';

/** Whether the interpreter has pytest. */
export async function checkPytest(python: PythonInterpreter | undefined, options: Asking): Promise<Check> {
  const check = { id: 'pytest', title: 'pytest' } as const;
  if (python === undefined)
    return { ...check, state: 'warning', found: 'no interpreter to look in', data: null };
  const { stdout, exitCode, summary } = await askProgram(python.executable, ['-c', QUESTION], {
    ...options,
    // Nothing of the project must be found by chance.
    cwd: '/',
    timeoutMs: 10_000,
  });
  const version = stdout.trim().split('\n').at(-1) ?? '';
  if (exitCode === 0 && version !== '') {
    const isOld = Number.parseInt(version, 10) < OLDEST_PYTEST;
    return isOld
      ? {
          ...check,
          state: 'warning',
          found: `${version}, and collections can be measured from ${String(OLDEST_PYTEST)} on`,
          how: `${python.executable} -m pip install --upgrade pytest`,
          data: { version },
        }
      : { ...check, state: 'ok', found: version, data: { version } };
  }
  return {
    ...check,
    state: 'warning',
    found: exitCode === 3 ? `not installed for ${python.executable}` : `could not be told: ${summary}`,
    how: `${python.executable} -m pip install pytest`,
    data: { version: null },
  };
}
