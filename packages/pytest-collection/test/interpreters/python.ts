import { execFileSync } from 'node:child_process';

/** Absolute path of the CPython that `python3` starts: not of a script in front of it. */
export const PYTHON: string = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], {
  encoding: 'utf8',
}).trim();
