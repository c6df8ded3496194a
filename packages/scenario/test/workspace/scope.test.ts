import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readProcesses } from '../../src/process/process-table.ts';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import { openScope } from '../../src/workspace/scope.ts';
import type { Workspace } from '../../src/workspace/workspace.ts';
import { temporaryFolder } from './running-tool.ts';

const inGroup = (group: number): number => readProcesses().filter((entry) => entry.group === group).length;

test('is undone alone: its folders, processes and what it owns, nothing of its neighbours', async () => {
  using temporary = temporaryFolder();
  await using workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const first = await openScope(workspace, 'part');
  const second = await openScope(workspace, 'part');
  expect([first.folder, second.folder]).toEqual(
    ['part', 'part-2'].map((name) => join(workspace.folder, name)),
  );

  const own = [first, second].map((scope, index) => {
    const path = join(temporary.path, `seaworthy-${workspace.runId}-${index}`);
    scope.own({ kind: 'folder', path });
    mkdirSync(path);
    return path;
  });
  await first.makeFolder('inner');
  const scripts = [
    'trap "" TERM; sleep 1000; sleep 1000',
    '(setsid sleep 1000 &) & exit 0',
    'env -i sleep 1000 & exit 0',
  ];
  for (const script of scripts) first.spawn('sh', ['-c', script], { stdio: 'ignore' });
  const kept = second.spawn('sleep', ['1000']);
  const marked = (): number =>
    readProcesses().filter((entry) => entry.marks().includes(workspace.runId)).length;
  await expect.poll(marked).toBeGreaterThanOrEqual(3);

  await first[Symbol.asyncDispose]();
  expect(marked()).toBe(1);
  expect(inGroup(kept.pid)).toBe(1);
  expect(own.map((path) => existsSync(path))).toEqual([false, true]);
  expect(existsSync(first.folder)).toBe(false);
  expect(existsSync(second.folder)).toBe(true);
  expect(() => first.spawn('true', [])).toThrow('is closed');
  await expect(first.makeFolder('late')).rejects.toThrow('is closed');

  await second[Symbol.asyncDispose]();
  expect(readdirSync(workspace.folder).filter((name) => name.startsWith('part'))).toEqual([]);
});

test('one thing that cannot be undone keeps nothing else from it, and all of them are told', async () => {
  using temporary = temporaryFolder();
  await using workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const undone: string[] = [];
  const stubborn: Workspace = {
    runId: workspace.runId,
    folder: workspace.folder,
    makeFolder: (name) => workspace.makeFolder(name),
    spawn: (...args) => workspace.spawn(...args),
    own: (undoable) => ({
      forget: () => {},
      [Symbol.asyncDispose]: async () => {
        const name = undoable.kind === 'folder' ? basename(undoable.path) : '';
        if (name.endsWith('stuck')) return Promise.reject(new Error(`${name} stays`));
        undone.push(name);
      },
    }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const scope = await openScope(stubborn, 'part');
  for (const name of ['first', 'second-stuck', 'third', 'fourth-stuck'])
    scope.own({ kind: 'folder', path: join(temporary.path, name) });
  const failure = await scope[Symbol.asyncDispose]().then(
    () => undefined,
    (error: unknown) => error as AggregateError,
  );
  expect(failure).toBeInstanceOf(AggregateError);
  expect(failure?.errors).toHaveLength(2);
  expect(failure?.message).toMatch(/fourth-stuck stays; second-stuck stays/);
  expect(undone).toEqual(['third', 'first']);
});

test('containers are undone side by side, and what was undone before is not undone again', async () => {
  using temporary = temporaryFolder();
  await using workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const undone: string[] = [];
  const all = Promise.withResolvers<void>();
  const patient: Workspace = {
    runId: workspace.runId,
    folder: workspace.folder,
    makeFolder: (name) => workspace.makeFolder(name),
    spawn: (...args) => workspace.spawn(...args),
    own: (undoable) => ({
      forget: () => {},
      [Symbol.asyncDispose]: async () => {
        if (undoable.kind !== 'container') return;
        undone.push(undoable.name);
        // As an engine that does not answer: none is done before all have been asked for.
        if (undoable.name === 'early') return;
        if (undone.length === 4) all.resolve();
        await all.promise;
      },
    }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const scope = await openScope(patient, 'part');
  const endpoint = { kind: 'socket', path: '/no/engine' } as const;
  const [early, never] = ['early', 'never', 'a', 'b', 'c'].map((name) =>
    scope.own({ kind: 'container', endpoint, name }),
  );
  await early?.[Symbol.asyncDispose]();
  never?.forget();
  await scope[Symbol.asyncDispose]();
  expect(undone).toEqual(['early', 'c', 'b', 'a']);
});

test('can be divided further, and all of it goes with the workspace', async () => {
  using temporary = temporaryFolder();
  const workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const inner = await openScope(await openScope(workspace, 'outer'), 'inner');
  expect(inner.folder).toBe(join(workspace.folder, 'outer', 'inner'));
  const process = inner.spawn('sleep', ['1000']);
  await workspace[Symbol.asyncDispose]();
  expect(inGroup(process.pid)).toBe(0);
  expect(readdirSync(temporary.path)).toEqual([]);
});

test('scopes that are opened at the same moment do not end each other’s processes', async () => {
  using temporary = temporaryFolder();
  await using workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const [first, second] = await Promise.all([openScope(workspace, 'a'), openScope(workspace, 'b')]);
  const kept = second.spawn('sleep', ['1000'], { stdio: 'ignore' });
  await expect.poll(() => inGroup(kept.pid)).toBe(1);

  await first[Symbol.asyncDispose]();
  expect(inGroup(kept.pid)).toBe(1);
});
