import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PythonInterpreter } from '@seaworthy/scenario';

/** A CPython of this machine. */
export interface FoundPython extends PythonInterpreter {
  /** Absolute path of the program. */
  readonly path: string;
  /** `11` of Python 3.11. */
  readonly minor: number;
}

const ASK =
  'import json, platform, sys; print(json.dumps([sys.executable, platform.python_version(), platform.python_implementation()]))';

const found = new Map<string, FoundPython | undefined>();

/** One CPython of each minor version from 3.8 on that this machine has, oldest first: on the path, else kept by pyenv. */
export function findPythons(): FoundPython[] {
  const byMinor = new Map<number, FoundPython>();
  for (const program of programs()) {
    const python = ask(program);
    if (python !== undefined && !byMinor.has(python.minor)) byMinor.set(python.minor, python);
  }
  return [...byMinor.values()].sort((left, right) => left.minor - right.minor);
}

/** The one that `python3` starts. */
export function defaultPython(): FoundPython {
  const python = ask('python3');
  if (python === undefined) throw new Error('These tests need CPython 3.8 or newer as python3 on the path');
  return python;
}

function* programs(): Generator<string> {
  yield 'python3';
  for (let minor = 8; minor < 20; minor++) yield `python3.${minor}`;
  const root = answer('pyenv', ['root'])?.trim();
  if (root === undefined) return;
  for (const version of readdirSync(join(root, 'versions')).sort())
    yield join(root, 'versions', version, 'bin/python');
}

function ask(program: string): FoundPython | undefined {
  if (!found.has(program)) found.set(program, read(answer(program, ['-c', ASK])));
  return found.get(program);
}

function read(said: string | undefined): FoundPython | undefined {
  if (said === undefined) return undefined;
  const [executable, version, implementation] = JSON.parse(said) as [string, string, string];
  const [major, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const isWanted = major === 3 && minor >= 8 && implementation === 'CPython';
  return isWanted ? { path: executable, minor, executable, version, implementation } : undefined;
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
