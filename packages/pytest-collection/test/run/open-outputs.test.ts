import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { openOutputs } from '../../src/run/open-outputs.ts';
import { PYTHON } from '../interpreters/python.ts';

const MIB = 1024 ** 2;

test('who prints without end fills no disk, and what came last is there', async () => {
  await using workspace = await openWorkspace();
  await using outputs = await openOutputs(workspace);
  const program = [
    'import os, sys, time',
    'for n in range(200):', // 200 MB
    '    os.write(1, b"%09d\\n" % n * 100_000)',
    '    while os.fstat(1).st_size > 8_000_000: time.sleep(0.01)', // Until it was cut.
    'print("the end", file=sys.stderr)',
  ].join('\n');
  const { exited } = workspace.spawn(PYTHON, ['-c', program], { stdio: ['ignore', ...outputs.stdio] });
  expect(await exited).toEqual({ code: 0, signal: null });
  const { stdout, stderr } = outputs.read();
  expect(stdout).toHaveLength(16 * 1024);
  expect(stdout.endsWith('000000199\n000000199\n')).toBe(true);
  expect(stderr).toBe('the end\n');
  const path = join(
    workspace.folder,
    String((await readdir(workspace.folder, { recursive: true })).find((name) => name.endsWith('stdout'))),
  );
  expect((await stat(path)).size).toBeLessThan(9 * MIB);
});

test('the first bytes that are kept are those of a whole character', async () => {
  await using workspace = await openWorkspace();
  await using outputs = await openOutputs(workspace);
  const program = 'import os; os.write(1, ("\\u00fc" * 20_000 + "x").encode())';
  await workspace.spawn(PYTHON, ['-c', program], { stdio: ['ignore', ...outputs.stdio] }).exited;
  expect(outputs.read().stdout).toBe(`${'ü'.repeat(8 * 1024 - 1)}x`);
});

test('can be read while the process prints, and after the files are gone', async () => {
  await using workspace = await openWorkspace();
  await using outputs = await openOutputs(workspace);
  const program = 'import sys; print("one", flush=True); sys.stdin.read(); print("two", flush=True)';
  const { child, exited } = workspace.spawn(PYTHON, ['-c', program], { stdio: ['pipe', ...outputs.stdio] });
  await expect.poll(() => outputs.read().stdout, { timeout: 60_000 }).toBe('one\n');
  child.stdin?.end();
  await exited;
  await outputs[Symbol.asyncDispose]();
  expect(outputs.read()).toEqual({ stdout: 'one\ntwo\n', stderr: '' });
  expect(
    (await readdir(workspace.folder, { recursive: true })).filter((name) => name.endsWith('stdout')),
  ).toEqual([]);
});
