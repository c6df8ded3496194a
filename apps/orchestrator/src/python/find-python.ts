import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { Asking } from '../programs/ask-program.ts';
import { probePython } from './probe-python.ts';
import type { PythonCandidate, PythonOrigin, PythonSearch } from './python-search.ts';

export interface FindPythonOptions extends Asking {
  readonly project: string;
  readonly cwd: string;
  /** What `--python` names. */
  readonly option?: string | undefined;
  /** What the configuration names; a path in it is relative to `folder`. */
  readonly configured?: { readonly python: string; readonly folder: string; readonly place: string };
  /** Look at every interpreter, not only at the one that decides. */
  readonly all?: boolean;
  readonly timeoutMs?: number;
}

interface Named {
  readonly origin: PythonOrigin;
  readonly path: string;
}

/**
 * The project's interpreter: `--python`, the configuration, `VIRTUAL_ENV`, `.venv` or `venv` in the project, `python3` on
 * `PATH`. The first of them that is there decides, usable or not: another one would answer for an environment that the
 * project does not run in.
 *
 * @throws UsageError `BAD_PYTHON` where the user named one that cannot be used.
 */
export async function findPython(options: FindPythonOptions): Promise<PythonSearch> {
  const candidates: PythonCandidate[] = [];
  for (const { origin, path } of await present(options)) {
    const answer = await probePython(path, {
      workspace: options.workspace,
      cwd: options.project,
      env: options.env,
      signal: options.signal,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    });
    candidates.push(
      'problem' in answer ? { origin, path, problem: answer.problem } : { origin, path, interpreter: answer },
    );
    if (options.all !== true) break;
  }
  const [first] = candidates;
  if (first === undefined)
    return { candidates, problem: 'neither the project nor PATH has a Python interpreter' };
  if (first.interpreter !== undefined) return { candidates, chosen: first.interpreter };
  const problem = `${JSON.stringify(first.path)} (from ${first.origin}) cannot be used: ${String(first.problem)}`;
  // Who asks for all wants to be told, not to be stopped.
  const named = first.origin === '--python' || first.origin === 'configuration';
  if (named && options.all !== true) {
    const where = first.origin === 'configuration' ? ` (${options.configured?.place ?? ''})` : '';
    throw new UsageError('BAD_PYTHON', `The interpreter ${problem}${where}. Name another one.`);
  }
  return { candidates, problem };
}

async function present({
  project,
  cwd,
  env,
  option,
  configured,
  all,
}: FindPythonOptions): Promise<readonly Named[]> {
  const named: Named[] = [];
  if (option !== undefined) named.push({ origin: '--python', path: asGiven(option, cwd) });
  if (configured !== undefined)
    named.push({ origin: 'configuration', path: asGiven(configured.python, configured.folder) });
  if (named.length > 0 && all !== true) return named;
  const virtual = env['VIRTUAL_ENV'] ?? '';
  const places: Named[] = [
    ...(virtual === '' ? [] : [{ origin: 'VIRTUAL_ENV' as const, path: join(virtual, 'bin', 'python') }]),
    { origin: '.venv', path: join(project, '.venv', 'bin', 'python') },
    { origin: 'venv', path: join(project, 'venv', 'bin', 'python') },
    ...(env['PATH'] ?? '')
      .split(delimiter)
      .filter(isAbsolute)
      .map((folder): Named => ({ origin: 'PATH', path: join(folder, 'python3') })),
  ];
  for (const place of places) {
    const onPath = place.origin === 'PATH' && named.some(({ origin }) => origin === 'PATH');
    if (!onPath && (await executable(place.path))) named.push(place);
  }
  return named;
}

/** A path is relative to where it was written; a bare name is looked up on PATH by the system. */
function asGiven(python: string, folder: string): string {
  return python.includes('/') ? resolve(folder, python) : python;
}

async function executable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
