import { execa } from 'execa';
import { demandInterpreter } from './demand-interpreter.ts';

/** Without the current folder, in which a `pytest.py` of the project's may lie. */
const PROGRAM =
  'import sys; sys.path = [entry for entry in sys.path if entry]; import pytest; print(pytest.__version__)';
const TIMEOUT_MS = 60_000;

/**
 * Which pytest an interpreter has, or why it has none that works.
 *
 * @param env variables beside those of this process, such as PYTHONPATH
 * @throws UsageError where there is no such interpreter
 */
export async function probePytest(
  python: string,
  signal?: AbortSignal,
  env?: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly version: string } | { readonly problem: string }> {
  demandInterpreter(python);
  signal?.throwIfAborted();
  const answer = await execa(python, ['-c', PROGRAM], {
    env: { ...env },
    reject: false,
    stdin: 'ignore',
    timeout: TIMEOUT_MS,
    maxBuffer: 1_000_000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  signal?.throwIfAborted();
  const version = answer.stdout?.trim().split('\n').at(-1) ?? '';
  if (!answer.failed && /^\d+\.\d/.test(version)) return { version };
  const lastWords = answer.stderr?.trim().split('\n').at(-1) ?? '';
  return { problem: lastWords || answer.shortMessage || `${python} said nothing` };
}
