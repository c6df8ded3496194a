import { makeCgroup } from '@seaworthy/cgroups';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { startProcess } from '../../src/run/start-process.ts';
import { PYTHON } from '../interpreters/python.ts';

const LIMIT = 80 * 1024 ** 2;

test('a limit around the own cgroup is told from a limit of its own', async () => {
  await using workspace = await openWorkspace();
  await using around = await makeCgroup(workspace, { memoryBytes: LIMIT }, 'around');
  if (around === undefined)
    throw new Error('These tests need to be allowed to make a cgroup with the memory controller');
  await using cgroup = await makeCgroup(workspace, {}, 'collection', { within: around.cgroup });
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
