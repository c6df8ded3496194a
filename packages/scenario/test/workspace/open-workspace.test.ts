import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readProcesses } from '../../src/process/process-table.ts';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import { NotStarted } from '../../src/workspace/not-started.ts';
import type { OwnedProcess } from '../../src/workspace/workspace.ts';
import { temporaryFolder } from './running-tool.ts';

const alive = (mark: string): number =>
  readProcesses().filter((entry) => entry.marks().includes(mark)).length;

async function outputOf({ child, exited }: OwnedProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) text += String(chunk);
  await exited;
  return text.trim();
}

test('its folder is its own, and gone when it is disposed of', async () => {
  using temporary = temporaryFolder();
  const workspace = await openWorkspace({ temporaryFolder: temporary.path });
  expect(workspace.folder).toBe(join(temporary.path, `seaworthy-${workspace.runId}`));
  expect(statSync(workspace.folder).mode & 0o777).toBe(0o700);

  const [first, second] = [await workspace.makeFolder('tree'), await workspace.makeFolder('tree')];
  expect([first, second]).toEqual([join(workspace.folder, 'tree'), join(workspace.folder, 'tree-2')]);
  for (const name of ['', '.', '..', 'a/b', 'a\0b']) {
    await expect(workspace.makeFolder(name)).rejects.toThrow('Expected a plain folder name');
  }
  await workspace[Symbol.asyncDispose]();
  expect(readdirSync(temporary.path)).toEqual([]);

  await workspace[Symbol.asyncDispose]();
  await expect(workspace.makeFolder('late')).rejects.toThrow('is closed');
  expect(() => workspace.spawn('true', [])).toThrow('is closed');
  expect(() => workspace.own({ kind: 'folder', path: '/x' })).toThrow('is closed');
});

test('removes folders that may not be entered and links, but not what the links lead to', async () => {
  using temporary = temporaryFolder();
  const outside = join(temporary.path, 'outside');
  mkdirSync(outside);
  writeFileSync(join(outside, 'kept'), '');
  const workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const folder = await workspace.makeFolder('odd\nname ü');
  symlinkSync(outside, join(folder, 'link'));
  symlinkSync(join(outside, 'kept'), join(folder, 'file-link'));
  mkdirSync(join(folder, 'locked', 'inner'), { recursive: true });
  await workspace.spawn('chmod', ['0000', join(folder, 'locked', 'inner'), join(folder, 'locked')]).exited;
  await workspace[Symbol.asyncDispose]();
  expect(existsSync(workspace.folder)).toBe(false);
  expect(readdirSync(outside)).toEqual(['kept']);
});

test('processes get its environment and folder, and say how they went', async () => {
  await using workspace = await openWorkspace();
  const cwd = await workspace.makeFolder('here');
  const env = { GIVEN: 'yes', HOME: undefined };
  const process = workspace.spawn('sh', ['-c', 'echo $GIVEN-${HOME-none}-$PWD-$$'], { cwd, env });
  expect(await outputOf(process)).toBe(`yes-none-${cwd}-${process.pid}`);
  expect(await workspace.spawn('sh', ['-c', 'exit 3']).exited).toEqual({ code: 3, signal: null });
  expect(await workspace.spawn('sh', ['-c', 'kill -9 $$']).exited).toEqual({ code: null, signal: 'SIGKILL' });
});

test.for([
  ['no-such-program', {}, 'no such program'],
  ['/no/such/program', {}, 'no such program'],
  ['true', { cwd: '/no/such/folder' }, 'there is no folder /no/such/folder'],
  ['/etc/passwd', {}, 'may not be executed'],
  ['/etc', {}, 'may not be executed'],
] as const)('says why %s cannot be started', async ([command, options, message]) => {
  await using workspace = await openWorkspace();
  expect(() => workspace.spawn(command, [], options)).toThrow(message);
});

test('says so of arguments that are too long, and lets mistakes of the caller through', async () => {
  await using workspace = await openWorkspace();
  const long = 'x'.repeat(2 ** 23); // No system takes so much in one argument.
  expect(() => workspace.spawn('true', [long])).toThrow(NotStarted);
  expect(() => workspace.spawn('true', [long])).toThrow('its arguments and environment are longer');
  expect(() => workspace.spawn('true', ['a\0b'])).toThrow(TypeError);
});

test.for<[string, string]>([
  ['obeys', 'sleep 1000 & sleep 1000'],
  ['ignores SIGTERM', 'trap "" TERM; echo ready; sleep 1000; sleep 1000'],
  ['is stopped', 'kill -STOP $$; sleep 1000'],
  ['is stopped and ignores SIGTERM', 'trap "" TERM; kill -STOP $$; sleep 1000'],
  ['left its session and its parent', '(setsid sleep 1000 &) & exit 0'],
  ['dropped its environment', 'env -i sleep 1000 & exec env -i sleep 1000'],
  ['dropped its environment under a leader that is gone', 'env -i sleep 1000 & exit 0'],
])('ends a process tree that %s, and leaves others alone', async ([, script]) => {
  await using workspace = await openWorkspace({ graceMs: 100 });
  const other = workspace.spawn('sleep', ['1000']);
  const tree = workspace.spawn('sh', ['-c', script], { stdio: 'ignore' });
  const inGroup = (): number => readProcesses().filter((entry) => entry.group === tree.pid).length;
  await expect.poll(() => alive(workspace.runId) + inGroup()).toBeGreaterThanOrEqual(2);
  await tree[Symbol.asyncDispose]();
  expect(tree.child.exitCode ?? tree.child.signalCode).not.toBeNull();
  expect(inGroup()).toBe(0);
  expect(alive(workspace.runId)).toBe(1);
  expect(other.child.exitCode ?? other.child.signalCode).toBeNull();
});

test('what asks politely to end gets the time to do so', async () => {
  await using workspace = await openWorkspace({ graceMs: 10_000 });
  const folder = await workspace.makeFolder('work');
  const script = `trap 'sleep 0.2; echo done > ${folder}/farewell; exit 7' TERM; echo ready; while :; do sleep 0.05; done`;
  const process = workspace.spawn('sh', ['-c', script]);
  await new Promise((resolve) => process.child.stdout?.once('data', resolve));
  await process[Symbol.asyncDispose]();
  expect(await process.exited).toEqual({ code: 7, signal: null });
  expect(readFileSync(join(folder, 'farewell'), 'utf8')).toBe('done\n');
});

test('undoes what it owns outside of its folder, unless its name is not that of the run', async () => {
  using temporary = temporaryFolder();
  const workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const paths = ['a', 'b'].map((name) => join(temporary.path, `seaworthy-${workspace.runId}-${name}`));
  const [first] = paths.map((path) => workspace.own({ kind: 'folder', path }));
  workspace.own({ kind: 'folder', path: join(temporary.path, `seaworthy-${workspace.runId}-never-made`) });
  for (const path of paths) mkdirSync(join(path, 'inner'), { recursive: true });

  await first?.[Symbol.asyncDispose]();
  expect(paths.map((path) => existsSync(path))).toEqual([false, true]);
  for (const path of [
    temporary.path,
    `${workspace.folder}/../x`,
    `seaworthy-${workspace.runId}`,
    `${workspace.folder}x`,
  ]) {
    expect(() => workspace.own({ kind: 'folder', path })).toThrow(
      'Expected something whose name begins with',
    );
  }
  await workspace[Symbol.asyncDispose]();
  expect(readdirSync(temporary.path)).toEqual([]);
});

test('says what it could not undo', async () => {
  using temporary = temporaryFolder();
  const workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const path = join(temporary.path, `seaworthy-${workspace.runId}-file`);
  workspace.own({ kind: 'folder', path });
  writeFileSync(path, 'not a folder');
  await expect(workspace[Symbol.asyncDispose]()).rejects.toThrow(
    `Expected a folder at ${path}, found something else`,
  );
  expect(existsSync(workspace.folder)).toBe(true);
});

test('where it cannot even find out what to undo, it says so, and the guard goes on trying', async () => {
  using temporary = temporaryFolder();
  const workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const ledger = join(workspace.folder, 'ledger.jsonl');
  mkdirSync(ledger); // Cannot be read.
  await expect(workspace[Symbol.asyncDispose]()).rejects.toThrow('Could not clean up after run');
  rmdirSync(ledger);
  await expect.poll(() => readdirSync(temporary.path), { timeout: 60_000 }).toEqual([]);
}, 90_000);

test('cannot be opened where no folder can be made', async () => {
  using temporary = temporaryFolder();
  const file = join(temporary.path, 'file');
  writeFileSync(file, '');
  await expect(openWorkspace({ temporaryFolder: file })).rejects.toThrow('Could not make the run');
});
