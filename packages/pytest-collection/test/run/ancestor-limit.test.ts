import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { findOwnCgroups, readCgroupTexts } from '../../src/memory/cgroup/own-cgroups.ts';
import { makeRunCgroup } from '../../src/memory/cgroup/run-cgroup.ts';
import { startProcess } from '../../src/run/start-process.ts';
import { PYTHON } from '../interpreters/python.ts';

const LIMIT = 80 * 1024 ** 2;

test('a limit around the own cgroup is told from a limit of its own', async () => {
  await using workspace = await openWorkspace();
  const own = findOwnCgroups(readCgroupTexts());
  await using around = await makeRunCgroup(workspace, own, LIMIT);
  if (around === undefined)
    throw new Error('These tests need to be allowed to make a cgroup with the memory controller');
  await using cgroup = await makeRunCgroup(workspace, { memory: around.memory });
  if (cgroup === undefined) throw new Error('Expected a cgroup below one of ours');
  const command = [PYTHON, '-c', 'held = []\nwhile True: held.append(bytearray(1 << 20))'] as const;
  const request = {
    command: [...command] as [string, ...string[]],
    cwd: workspace.folder,
    env: {},
    workspace,
  };
  await using running = await startProcess(request, { cgroup });
  expect(await running.ended).toMatchObject({ signal: 'SIGKILL' });
  const { memoryKills } = await running.usage();
  expect(memoryKills).toEqual({ own: 0, ancestors: 1, host: 0, limitBytes: LIMIT });
});
