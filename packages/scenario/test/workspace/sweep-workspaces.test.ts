import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { identify, readHabitat, type ProcessIdentity } from '../../src/process/process-identity.ts';
import { readProcesses } from '../../src/process/process-table.ts';
import { readOwner, writeOwner, type Owner } from '../../src/workspace/owner-file.ts';
import { openWorkspace } from '../../src/workspace/open-workspace.ts';
import { createRunId } from '../../src/workspace/run-id.ts';
import { sweepWorkspaces } from '../../src/workspace/sweep-workspaces.ts';
import { temporaryFolder } from './running-tool.ts';

const habitat = readHabitat();
/** A process that was given our number after the tool it describes had ended. */
const gone: ProcessIdentity = { pid: process.pid, startTime: '1' };

/** A folder such as a run leaves that was killed together with its guard. */
function leftover(temporary: string, changes: Partial<Owner> = {}): string {
  const runId = changes.runId ?? createRunId(changes.tool ?? gone, habitat);
  const folder = join(temporary, `seaworthy-${runId}`);
  mkdirSync(join(folder, 'tree', 'inner'), { recursive: true });
  chmodSync(folder, 0o700);
  writeOwner(folder, { runId, tool: gone, guard: gone, habitat, ...changes });
  return folder;
}

test('removes what a run left whose tool and guard are gone', async () => {
  using temporary = temporaryFolder();
  const folders = [leftover(temporary.path), leftover(temporary.path)];
  const report = await sweepWorkspaces({ temporaryFolder: temporary.path });
  expect({ ...report, removed: report.removed.toSorted() }).toEqual({
    removed: folders.sort(),
    processesEnded: 0,
    left: [],
  });
  expect(readdirSync(temporary.path)).toEqual([]);
});

test('removes what was there before the system was started again, whatever runs under the old numbers', async () => {
  using temporary = temporaryFolder();
  const self = identify(process.pid) ?? gone;
  leftover(temporary.path, { tool: self, guard: self, habitat: { ...habitat, bootId: randomUUID() } });
  const { removed } = await sweepWorkspaces({ temporaryFolder: temporary.path });
  expect(removed).toHaveLength(1);
});

test('where a boot is known by its time alone, a clock that was corrected does not end a run that lives', async () => {
  using temporary = temporaryFolder();
  const self = identify(process.pid) ?? gone;
  const timed = { ...habitat, bootId: '1764000000' };
  const folder = leftover(temporary.path, { tool: self, habitat: timed });
  const over = leftover(temporary.path, { habitat: timed });
  const report = await sweepWorkspaces({ temporaryFolder: temporary.path });
  expect(report).toMatchObject({
    removed: [over],
    left: [{ folder, reason: `its run is alive (process ${process.pid})` }],
  });
});

test.for([
  ['the tool is alive', { tool: identify(process.pid) as ProcessIdentity }, 'its run is alive'],
  ['the guard is alive', { guard: identify(process.pid) as ProcessIdentity }, 'its guard is still at work'],
  [
    'another machine owns it',
    { habitat: { ...habitat, host: 'elsewhere' } },
    'its run was started on elsewhere',
  ],
  ['another container owns it', { habitat: { ...habitat, pidNamespace: 7 } }, 'started in another container'],
] as const)('leaves a folder alone when %s', async ([, changes, reason]) => {
  using temporary = temporaryFolder();
  const folder = leftover(temporary.path, changes);
  const report = await sweepWorkspaces({ temporaryFolder: temporary.path });
  expect(report).toMatchObject({
    removed: [],
    left: [{ folder, reason: expect.stringContaining(reason) as string }],
  });
  expect(existsSync(join(folder, 'tree', 'inner'))).toBe(true);
});

test.for<[string, (folder: string, temporary: string) => string]>([
  ['has no owner file', (folder) => (rmSync(join(folder, 'owner.json')), folder)],
  [
    'has an owner file that is not ours',
    (folder) => (writeFileSync(join(folder, 'owner.json'), '{"a":1}'), folder),
  ],
  [
    'has the owner file of another run',
    (folder) => (writeOwner(folder, { ...(readOwner(folder) as Owner), runId: 'another' }), folder),
  ],
  ['may be entered by others', (folder) => (chmodSync(folder, 0o777), folder)],
  [
    'is a link',
    (folder, temporary) => {
      const link = join(temporary, `seaworthy-${createRunId(gone, habitat)}`);
      symlinkSync(folder, link);
      writeOwner(folder, { ...(readOwner(folder) as Owner), tool: identify(process.pid) ?? gone });
      return link;
    },
  ],
])('leaves a folder alone that %s', async ([, prepare]) => {
  using temporary = temporaryFolder();
  const folder = prepare(leftover(temporary.path), temporary.path);
  const report = await sweepWorkspaces({ temporaryFolder: temporary.path });
  expect(report.removed).toEqual([]);
  expect(report.left.map((left) => left.folder)).toContain(folder);
  expect(existsSync(folder)).toBe(true);
});

test("does not believe another user's folder", async () => {
  using temporary = temporaryFolder();
  const folder = leftover(temporary.path);
  // Only root can make one; for anyone else the folders of root do.
  if (process.getuid?.() === 0) chownSync(folder, 12_345, 12_345);
  const place = process.getuid?.() === 0 ? temporary.path : '/';
  const { removed } = await sweepWorkspaces({ temporaryFolder: place });
  expect(removed).toEqual([]);
  expect(existsSync(folder)).toBe(true);
});

test('takes away what is left of a run that was killed while its folder was made', async () => {
  using temporary = temporaryFolder();
  const [empty, torn, young] = [gone, gone, identify(process.pid) ?? gone].map((owner) => {
    const folder = join(temporary.path, `seaworthy-${createRunId(owner, habitat)}`);
    mkdirSync(folder, { mode: 0o700 });
    return folder;
  }) as [string, string, string];
  writeFileSync(join(torn, 'owner.json.new'), '{"runId":"ha');
  const report = await sweepWorkspaces({ temporaryFolder: temporary.path });
  expect(report.removed.toSorted()).toEqual([empty, torn].sort());
  expect(report.left).toEqual([{ folder: young, reason: `its run is alive (process ${process.pid})` }]);
});

test('ends the processes of such a run, but no group whose number was given away', async () => {
  using temporary = temporaryFolder();
  const runId = createRunId(gone, habitat);
  const folder = leftover(temporary.path, { runId });
  const start = (env: NodeJS.ProcessEnv): ReturnType<typeof spawn> =>
    spawn('sleep', ['1000'], { detached: true, stdio: 'ignore', env: { PATH: process.env['PATH'], ...env } });
  const [marked, entered, recycled] = [
    start({ SEAWORTHY_RUN: `outer:${runId}:inner` }),
    start({}),
    start({}),
  ];
  try {
    const entries = [
      { kind: 'process-group', ...identify(entered?.pid ?? 0) },
      { kind: 'process-group', pid: recycled?.pid, startTime: '1' },
    ];
    writeFileSync(
      join(folder, 'ledger.jsonl'),
      entries.map((owned, id) => `${JSON.stringify({ id, owned })}\n`).join('') +
        '{"id":3,"owned":{"kind":"fol',
    );
    const report = await sweepWorkspaces({ temporaryFolder: temporary.path });
    expect(report).toMatchObject({ removed: [folder], processesEnded: 2 });
    await expect.poll(() => [marked?.signalCode, entered?.signalCode]).toEqual(['SIGTERM', 'SIGTERM']);
    expect(recycled?.exitCode ?? recycled?.signalCode).toBeNull();
  } finally {
    for (const child of [marked, entered, recycled]) child?.kill('SIGKILL');
  }
});

test('does not end a group whose leader is gone, since its number may be that of another group by now', async () => {
  using temporary = temporaryFolder();
  const folder = leftover(temporary.path);
  const leader = spawn('sh', ['-c', 'sleep 1000 & read line'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  const identity = identify(leader.pid ?? 0) as ProcessIdentity;
  const members = (): number => readProcesses().filter((entry) => entry.group === identity.pid).length;
  try {
    await expect.poll(members).toBe(2);
    leader.stdin?.end();
    await once(leader, 'exit');
    const entry = { id: 1, owned: { kind: 'process-group', ...identity } };
    writeFileSync(join(folder, 'ledger.jsonl'), `${JSON.stringify(entry)}\n`);
    expect(await sweepWorkspaces({ temporaryFolder: temporary.path })).toMatchObject({
      removed: [folder],
      processesEnded: 0,
    });
    expect(members()).toBe(1);
  } finally {
    process.kill(-identity.pid, 'SIGKILL');
  }
});

test('does not follow a forged ledger', async () => {
  using temporary = temporaryFolder();
  const precious = join(temporary.path, 'precious');
  mkdirSync(precious);
  const folder = leftover(temporary.path);
  const forged = [precious, `${folder}-x/../precious`, 'seaworthy', 7].map((path) => ({
    kind: 'folder',
    path,
  }));
  const others = [{ kind: 'process-group', pid: 1, startTime: '0' }, { kind: 'spell' }, null, []];
  const lines = [...forged, ...others].map((owned, id) => JSON.stringify({ id, owned }));
  writeFileSync(join(folder, 'ledger.jsonl'), [...lines, 'null', '7', ''].join('\n'));
  expect(await sweepWorkspaces({ temporaryFolder: temporary.path })).toMatchObject({
    removed: [folder],
    left: [],
  });
  expect(existsSync(precious)).toBe(true);
});

test('does not take up what a live run is doing in the same folder', async () => {
  using temporary = temporaryFolder();
  await using workspace = await openWorkspace({ temporaryFolder: temporary.path });
  const stale = leftover(temporary.path);
  const report = await sweepWorkspaces({ temporaryFolder: temporary.path });
  expect(report.removed).toEqual([stale]);
  expect(existsSync(workspace.folder)).toBe(true);
});
