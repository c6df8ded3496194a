import { openWorkspace, type ContainerLimits, type Workspace } from '@seaworthy/scenario';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareLimits, startContainer, type ContainerEngine, type OwnedContainer } from '../../src/index.ts';
import { testEngine, TINY } from '../test-engine.ts';

const MIB = 2 ** 20;
const LIMITS: ContainerLimits = {
  memoryBytes: 64 * MIB,
  memorySwapBytes: 64 * MIB,
  cpus: 0.5,
  pids: 32,
  ulimits: [{ name: 'nofile', soft: 128, hard: 256 }],
  shmBytes: 8 * MIB,
  tmpfs: [{ path: '/scratch', bytes: 4 * MIB }],
  init: true,
};

let engine: ContainerEngine;
let workspace: Workspace;
beforeAll(async () => {
  engine = await testEngine();
  workspace = await openWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

function start(script: string, limits: ContainerLimits = LIMITS): Promise<OwnedContainer> {
  const command = ['sh', '-c', script] as const;
  return startContainer(engine, workspace, { image: TINY, purpose: 'v2', command, limits });
}

async function outputOf(container: OwnedContainer): Promise<string> {
  let text = '';
  for await (const chunk of container.stdout) text += String(chunk);
  return text;
}

test('the engine limits with control groups of version 2, on another machine than this', () => {
  expect(engine.facts).toMatchObject({ product: 'docker', cgroupVersion: 2, local: false, cannotLimit: [] });
});

test('every limit that is declared is read back, and stands in the files of the kernel', async () => {
  await using container = await start('sleep 1000');
  expect(compareLimits(LIMITS, await container.effectiveLimits())).toEqual([]);
  const files = ['memory.max', 'memory.swap.max', 'cpu.max', 'pids.max'];
  const { stdout } = await container.exec(['sh', '-c', `cd /sys/fs/cgroup && cat ${files.join(' ')}`]);
  expect(stdout.trim().split('\n')).toEqual([String(64 * MIB), '0', '50000 100000', '32']);
});

test('a limit that was not declared is read back as none', async () => {
  await using container = await start('sleep 1000', {});
  const effective = await container.effectiveLimits();
  expect(effective.memoryBytes).toBeUndefined();
  expect(effective.cpus).toBeUndefined();
});

test('a kernel kill of a child is told though the container ends with 0', async () => {
  await using container = await start(
    'dd if=/dev/zero of=/dev/null bs=256M count=1 2>/dev/null; echo "child $?"; grep oom_kill /sys/fs/cgroup/memory.events; exit 0',
  );
  const output = await outputOf(container);
  const exit = await container.exited;
  expect(output).toMatch(/^child 137\noom_kill 1\n/);
  expect(exit).toMatchObject({ code: 0, oomKilled: true });
  expect(exit.events.map(({ action }) => action)).toEqual(expect.arrayContaining(['oom', 'die']));
});

test('an ordinary SIGKILL is no kernel kill', async () => {
  await using container = await start('sleep 1000');
  await container.kill('SIGKILL');
  const exit = await container.exited;
  expect(exit).toMatchObject({ code: 137, oomKilled: false });
  expect(exit.events.map(({ action }) => action)).not.toContain('oom');
});

test('the limit of processes refuses a fork', async () => {
  await using container = await start(
    'i=0; while [ $i -lt 40 ]; do sleep 1000 & i=$((i+1)); done; sleep 1000',
  );
  await container.exited;
  const code = (await container.exited).code;
  expect(code).not.toBe(0);
});
