import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import type { Workspace } from '@seaworthy/scenario';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findPython } from '../../src/python/find-python.ts';
import type { FindPythonOptions } from '../../src/python/find-python.ts';

let project: string;
let workspace: Workspace;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'seaworthy-python-'));
  workspace = await openWorkspace({ temporaryFolder: project });
});
afterEach(async () => {
  await workspace[Symbol.asyncDispose]();
  await rm(project, { recursive: true, force: true });
});

/** A program that answers like an interpreter. */
async function fake(path: string, version: string, more = ''): Promise<string> {
  const file = join(project, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${more}\nprintf '["%s","${version}","cpython"]\\n' "$0"\n`);
  await chmod(file, 0o755);
  return file;
}

const find = (options: Partial<FindPythonOptions> = {}) =>
  findPython({
    project,
    workspace,
    cwd: project,
    env: { PATH: '' },
    signal: new AbortController().signal,
    ...options,
  });

test("this machine's own interpreter answers", async () => {
  const { chosen } = await find({ env: process.env });
  expect(chosen?.version).toMatch(/^3\.\d+\.\d+$/);
  expect(chosen?.implementation).toBe('CPython');
});

test('the first that is there decides', async () => {
  const onPath = await fake('bin/python3', '3.9.1');
  const env = { PATH: dirname(onPath), VIRTUAL_ENV: join(project, 'env') };
  expect((await find({ env })).chosen?.version).toBe('3.9.1');
  await fake('venv/bin/python', '3.10.0');
  expect((await find({ env })).chosen?.version).toBe('3.10.0');
  await fake('.venv/bin/python', '3.11.0');
  expect((await find({ env })).chosen?.version).toBe('3.11.0');
  await fake('env/bin/python', '3.12.0');
  expect((await find({ env })).chosen?.version).toBe('3.12.0');
  await fake('conf/py', '3.13.0');
  const configured = { python: 'conf/py', folder: project, place: 'x.ts:1' };
  expect((await find({ env, configured })).chosen?.version).toBe('3.13.0');
  await fake('option', '3.14.0');
  expect((await find({ env, configured, option: './option' })).chosen?.version).toBe('3.14.0');
  const { candidates } = await find({ env, configured, option: './option', all: true });
  expect(candidates.map(({ origin }) => origin)).toEqual([
    '--python',
    'configuration',
    'VIRTUAL_ENV',
    '.venv',
    'venv',
    'PATH',
  ]);
});

test('one that is too old is not replaced by another one', async () => {
  const env = { PATH: dirname(await fake('bin/python3', '3.9.1')) };
  await fake('.venv/bin/python', '3.6.15');
  const search = await find({ env });
  expect(search.chosen).toBeUndefined();
  expect(search.problem).toMatch(/\.venv.*it is Python 3\.6\.15, and 3\.8 or newer is needed/);
});

test('none at all is told, not thrown', async () => {
  expect((await find()).problem).toMatch(/neither the project nor PATH/);
});

test.each([
  ['missing', async () => Promise.resolve('./nowhere'), /no such program/],
  ['too old', async () => fake('old', '3.7.17'), /it is Python 3\.7\.17/],
  ['not executable', async () => notExecutable(), /may not be executed/],
  ['no Python', async () => fake('other', '1', 'echo hello; exit 0'), /does not answer like a Python/],
  ['one that fails', async () => fake('broken', '3.9.1', 'echo boom >&2; exit 7'), /exit code 7: boom/],
  ['a folder', async () => Promise.resolve('./'), /may not be executed/],
])('an interpreter that the user named is refused when it is %s', async (_, make, message) => {
  await expect(find({ option: await make() })).rejects.toThrow(message);
});

test.each(['exec sleep 60', 'sleep 60'])(
  'one that never answers is given up: %s',
  async (script) => {
    const option = await fake('hangs', '3.9.1', script);
    const asked = find({ option, env: process.env, timeoutMs: 300 });
    await expect(asked).rejects.toThrow(/did not answer within 0\.3 s/);
  },
  20_000,
);

test('an interruption ends it, with all that it started', async () => {
  const option = await fake('hangs', '3.9.1', 'sleep 60');
  const controller = new AbortController();
  const asked = find({ option, env: process.env, signal: controller.signal });
  setTimeout(() => controller.abort(new Error('enough')), 100);
  await expect(asked).rejects.toThrow('enough');
}, 20_000);

async function notExecutable(): Promise<string> {
  const file = await fake('plain', '3.9.1');
  await chmod(file, 0o644);
  return file;
}
