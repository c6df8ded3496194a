import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectEngine } from '@seaworthy/container-engine';
import { expect, test } from 'vitest';
import { readProcFile } from '../../../src/memory/process-figures.ts';
import { smallProject } from '../../collect-once/small-project.ts';
import { IMAGE, IMAGE_PYTHON } from './container-project.ts';

const TOOL = resolve(import.meta.dirname, '../../fixtures/run/container-tool.ts');
const WITHIN_MS = 60_000;

/** On this machine, not in a container. */
function ownProcessesOf(runId: string): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => {
    const isInContainer = /docker|libpod/.test(readProcFile(pid, 'cgroup') ?? '');
    const texts = ['environ', 'cmdline'].map((name) => readProcFile(pid, name) ?? '');
    return !isInContainer && texts.some((text) => text.includes(runId));
  });
}

test('kill -9 of the tool and all that it started ends the collection in the container', async () => {
  await using project = await smallProject({ 'test_a.py': 'import time\ntime.sleep(600)\n' });
  const temporary = project.path('temporary');
  mkdirSync(temporary);
  const args = ['--conditions=@seaworthy/source', TOOL, temporary, project.root, IMAGE, IMAGE_PYTHON];
  const tool = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(tool.stdout, 'data')) as [Buffer];
  const runId = String(line).split('\n')[0] ?? '';
  expect(runId).not.toBe('');

  const { client } = await connectEngine();
  const filters = { name: [`seaworthy-${runId}`] };
  const listed = (all: boolean) => client.listContainers({ all, filters });
  expect(await listed(false)).toHaveLength(1);
  const gone = once(tool, 'exit');
  for (const pid of [tool.pid ?? 0, ...ownProcessesOf(runId)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with another one.
    }
  }
  await gone;
  const start = performance.now();
  while ((await listed(false)).length > 0 && performance.now() - start < WITHIN_MS) await sleep(50);
  expect(await listed(false)).toEqual([]);
  // Nobody was left to remove what is there of it no more than as a name; the next start of the tool would.
  for (const { Id } of await listed(true)) await client.getContainer(Id).remove({ force: true });
});
