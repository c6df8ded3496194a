import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Environment, PythonInterpreter } from '@seaworthy/scenario';

const ASK =
  'import json, platform, sys; print(json.dumps([sys.executable, platform.python_version(), platform.python_implementation()]))';

function candidates(): string[] {
  const names = ['python3', ...Array.from({ length: 7 }, (_, i) => `python3.${i + 8}`)];
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const versions = join(process.env['PYENV_ROOT'] ?? join(homedir(), '.pyenv'), 'versions');
  const installed = existsSync(versions)
    ? readdirSync(versions).map((version) => join(versions, version, 'bin', 'python'))
    : [];
  return [...installed, ...onPath].filter((path) => existsSync(path));
}

function ask(path: string): PythonInterpreter | undefined {
  try {
    const said = execFileSync(path, ['-c', ASK], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    });
    const [executable, version, implementation] = JSON.parse(said) as [string, string, string];
    return { executable, version, implementation };
  } catch {
    return undefined;
  }
}

/** One interpreter of each minor version that this machine has, from 3.8 on, oldest first. */
export function interpreters(): readonly PythonInterpreter[] {
  const found = new Map<number, PythonInterpreter>();
  for (const path of candidates()) {
    const python = ask(path);
    const [major, minor] = (python?.version ?? '').split('.').map(Number);
    if (python === undefined || major !== 3 || minor === undefined || minor < 8) continue;
    if (!found.has(minor)) found.set(minor, python);
  }
  return [...found].sort(([a], [b]) => a - b).map(([, python]) => python);
}

/** The interpreter that `python3` starts. */
export function defaultInterpreter(): PythonInterpreter {
  const python = ask('python3');
  if (python === undefined) throw new Error('These tests need python3 on the PATH');
  return python;
}

/** An environment for a project, with the default interpreter unless another one is given. */
export function environmentOf(root: string, python: PythonInterpreter = defaultInterpreter()): Environment {
  return { project: { root }, python, cores: 2, memoryBytes: 4_000_000_000 };
}

/** The defaults of a scenario's limits, as the runner would resolve them. */
export function defaultsOf<Name extends string>(
  specs: Readonly<Record<Name, { readonly default: number }>>,
): Record<Name, number> {
  return Object.fromEntries(
    Object.entries<{ readonly default: number }>(specs).map(([name, spec]) => [name, spec.default]),
  ) as Record<Name, number>;
}
