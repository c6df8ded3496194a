import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export interface Python {
  /** Absolute path. */
  readonly python: string;
  /** Of Python 3. */
  readonly minor: number;
}

/** Every CPython from 3.8 on that this machine has, one of each minor version, the oldest first. */
export function findPythons(): readonly Python[] {
  const byMinor = new Map<number, string>();
  for (const program of programs()) {
    const found = askPython(program);
    if (found !== undefined && !byMinor.has(found.minor)) byMinor.set(found.minor, found.python);
  }
  return [...byMinor]
    .map(([minor, python]) => ({ minor, python }))
    .toSorted((left, right) => left.minor - right.minor);
}

/** What a program is; undefined where it is not there, or no CPython from 3.8 on. */
export function askPython(program: string): Python | undefined {
  const said = answer(program, [
    '-c',
    'import sys; print(sys.executable, sys.version_info[1], sys.implementation.name)',
  ]);
  const match = /^(.+) (\d+) cpython$/m.exec(said ?? '');
  if (match === null || Number(match[2]) < 8) return undefined;
  return { python: match[1] ?? '', minor: Number(match[2]) };
}

function* programs(): Generator<string> {
  yield 'python3';
  const root = process.env['PYENV_ROOT'] ?? answer('pyenv', ['root'])?.trim() ?? '';
  // Each of its scripts takes longer than an interpreter takes to start, to start one of those that are found below.
  const scripts = join(root, 'shims');
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    if (folder === '' || folder === scripts) continue;
    for (let minor = 8; minor <= 14; minor++) {
      const program = join(folder, `python3.${minor}`);
      if (existsSync(program)) yield program;
    }
  }
  const versions = join(root, 'versions');
  if (root === '' || !existsSync(versions)) return;
  for (const version of readdirSync(versions).toSorted()) yield join(versions, version, 'bin/python');
}

/** What a program prints; undefined where it does not exist or fails. */
function answer(program: string, given: readonly string[]): string | undefined {
  try {
    return execFileSync(program, given, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    });
  } catch {
    return undefined;
  }
}
