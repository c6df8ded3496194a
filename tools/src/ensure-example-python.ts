/**
 * Gives the example project an interpreter of its own, `examples/shop/.venv`, that has pytest and nothing else, so that its
 * scenarios run and say the same whatever `python3` has installed. Where that cannot be had, it says so and changes nothing:
 * scenarios that need pytest then say what is missing.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const workspace = resolve(import.meta.dirname, '../..');
const environment = join(workspace, 'examples/shop/.venv');
const pytests = join(workspace, 'node_modules/.cache/seaworthy-pytests');

function ask(program: string, ...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout.trim() : undefined;
}

/** The newest pytest that the interpreter is good for. */
function pytestFor(minor: number): string {
  return join(pytests, minor >= 10 ? '9' : '8');
}

function make(): string | undefined {
  const minor = ask('python3', '-c', 'import sys; print(sys.version_info[1])');
  if (minor === undefined) return 'there is no python3 on the path';
  const fetched = spawnSync(process.execPath, [join(import.meta.dirname, 'ensure-pytests.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (fetched.status !== 0) return 'no pytest could be fetched';
  if (ask('python3', '-m', 'venv', '--without-pip', '--clear', environment) === undefined)
    return 'python3 -m venv failed';
  const library = join(environment, 'lib');
  for (const version of readdirSync(library)) {
    // A path file: site-packages is then as if pytest were installed there.
    writeFileSync(join(library, version, 'site-packages/pytest.pth'), `${pytestFor(Number(minor))}\n`);
  }
  return isReady() ? undefined : `${environment} cannot import pytest`;
}

function isReady(): boolean {
  return ask(join(environment, 'bin/python'), '-c', 'import pytest') !== undefined;
}

const problem = isReady() ? undefined : make();
if (problem !== undefined) console.error(`The example project gets no interpreter of its own: ${problem}.`);
