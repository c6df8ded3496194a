import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** Absolute path of the CPython that `python3` starts: not of a script in front of it. */
export const PYTHON: string = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();

const PYTESTS = resolve(import.meta.dirname, '../../../../node_modules/.cache/seaworthy-pytests');

/** A folder with a pytest of this major version, for PYTHONPATH. */
export function pytestFolder(major: 6 | 7 | 8 | 9): string {
  return resolve(PYTESTS, String(major));
}
