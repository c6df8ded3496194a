import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PYTESTS = resolve(import.meta.dirname, '../../../../node_modules/.cache/seaworthy-pytests');

/** The minor versions of Python 3 that each major version of pytest runs on, of those that are tried here. */
const SUPPORTED: Readonly<Record<PytestMajor, readonly [number, number]>> = {
  6: [8, 9],
  7: [8, 13],
  8: [8, 14],
  9: [10, 14],
};

export type PytestMajor = 6 | 7 | 8 | 9;

export interface Combination {
  readonly name: string;
  /** Absolute path of the interpreter. */
  readonly python: string;
  readonly minor: number;
  readonly major: PytestMajor;
  /** For PYTHONPATH. */
  readonly folder: string;
}

/** A folder with a pytest of this major version, or with pytest-xdist, for PYTHONPATH. */
export function pytestFolder(which: PytestMajor | 'xdist'): string {
  return join(PYTESTS, String(which));
}

/** Every CPython from 3.8 on that this machine has with every pytest that runs on it, the oldest first. */
export function combinations(): Combination[] {
  return findPythons().flatMap(({ python, minor }) =>
    ([6, 7, 8, 9] as const)
      .filter((major) => minor >= SUPPORTED[major][0] && minor <= SUPPORTED[major][1])
      .map((major) => ({
        name: `Python 3.${minor}, pytest ${major}`,
        python,
        minor,
        major,
        folder: pytestFolder(major),
      })),
  );
}

/** The `python3` of this machine with pytest 8, which runs on every Python that is supported. */
export function usual(): Combination {
  const found = ask('python3');
  if (found === undefined) throw new Error('These tests need CPython 3.8 or newer as python3 on the path');
  return { name: 'python3, pytest 8', ...found, major: 8, folder: pytestFolder(8) };
}

export function findPythons(): { readonly python: string; readonly minor: number }[] {
  const byMinor = new Map<number, string>();
  for (const program of programs()) {
    const found = ask(program);
    if (found !== undefined && !byMinor.has(found.minor)) byMinor.set(found.minor, found.python);
  }
  return [...byMinor]
    .map(([minor, python]) => ({ minor, python }))
    .toSorted((left, right) => left.minor - right.minor);
}

function* programs(): Generator<string> {
  yield 'python3';
  for (let minor = 8; minor <= 14; minor++) yield `python3.${minor}`;
  const root = answer('pyenv', ['root'])?.trim();
  if (root === undefined) return;
  for (const version of readdirSync(join(root, 'versions')).toSorted())
    yield join(root, 'versions', version, 'bin/python');
}

function ask(program: string): { python: string; minor: number } | undefined {
  const said = answer(program, [
    '-c',
    'import sys; print(sys.executable, sys.version_info[1], sys.implementation.name)',
  ]);
  const match = /^(.+) (\d+) cpython$/m.exec(said ?? '');
  if (match === null || Number(match[2]) < 8) return undefined;
  return { python: match[1] ?? '', minor: Number(match[2]) };
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
