import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A version of pytest and a CPython of this machine that it can live with. */
export interface PytestPair {
  readonly major: number;
  /** Absolute path. */
  readonly python: string;
  /** Such as `3.11`. */
  readonly version: string;
}

/** Minor versions of Python 3 that each major version of pytest was made for. */
const MADE_FOR: Readonly<Record<number, readonly [oldest: number, newest: number]>> = {
  6: [8, 9],
  7: [8, 11],
  8: [8, 13],
  9: [10, 14],
};

/** For each pytest the oldest and the newest CPython of this machine that it was made for. */
export function pytestPairs(): readonly PytestPair[] {
  const pythons = [...findPythons()].sort(([a], [b]) => a - b);
  return Object.entries(MADE_FOR).flatMap(([major, [oldest, newest]]) => {
    const fit = pythons.filter(([minor]) => minor >= oldest && minor <= newest);
    return [...new Set([fit[0], fit.at(-1)])]
      .filter((python) => python !== undefined)
      .map(([minor, python]) => ({ major: Number(major), python, version: `3.${minor}` }));
  });
}

/** By minor version. */
function findPythons(): Map<number, string> {
  const found = new Map<number, string>();
  for (const program of programs()) {
    const [name, minor, path = ''] = answer(program, [
      '-c',
      'import platform, sys; print(platform.python_implementation(), sys.version_info[1], sys.executable)',
    ]).split(' ');
    if (name === 'CPython' && !found.has(Number(minor))) found.set(Number(minor), path.trim());
  }
  return found;
}

function* programs(): Generator<string> {
  yield 'python3';
  for (let minor = 8; minor < 15; minor++) yield `python3.${minor}`;
  const root = answer('pyenv', ['root']).trim();
  if (root === '') return;
  for (const version of readdirSync(join(root, 'versions')))
    yield join(root, 'versions', version, 'bin/python3');
}

function answer(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    });
  } catch {
    return '';
  }
}
