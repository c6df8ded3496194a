import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findCgroup, foldersOf, readCgroupTexts } from '@seaworthy/cgroups';
import { expect, test } from 'vitest';
import { readProcFile } from '../../src/memory/process-figures.ts';
import { PYTHON } from '../interpreters/python.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import { smallProject } from './small-project.ts';

const TOOL = resolve(import.meta.dirname, '../fixtures/run/collecting-tool.ts');
const CLEAN_WITHIN_MS = 60_000;

/** Processes that bear the mark of a run, in their environment. */
function marked(runId: string): number[] {
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => readProcFile(pid, 'environ')?.includes(runId));
}

function cgroupsOf(runId: string): string[] {
  const own = findCgroup(readCgroupTexts());
  const places = own === undefined ? [] : foldersOf(own).flatMap((folder) => [folder, join(folder, '..')]);
  return places.flatMap((place) =>
    existsSync(place) ? readdirSync(place).filter((name) => name.includes(runId)) : [],
  );
}

test('kill -9 of the tool in the middle of a collection leaves no process, cgroup or folder', async () => {
  const daemon =
    'import subprocess, sys\nsubprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)\n';
  await using project = await smallProject({
    'conftest.py': daemon,
    'test_a.py': 'import time\ntime.sleep(600)\n',
  });
  const temporary = project.path('temporary');
  mkdirSync(temporary);
  const args = ['--conditions=@seaworthy/source', TOOL, temporary, project.root, PYTHON, pytestFolder(9)];
  const tool = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(tool.stdout, 'data')) as [Buffer];
  const runId = String(line).split('\n')[0] ?? '';
  expect(runId).not.toBe('');
  expect(marked(runId).length).toBeGreaterThanOrEqual(2);
  expect(readdirSync(temporary)).toHaveLength(1);

  const gone = once(tool, 'exit');
  tool.kill('SIGKILL');
  await gone;
  const left = (): unknown[] => [...marked(runId), ...cgroupsOf(runId), ...readdirSync(temporary)];
  for (const start = performance.now(); left().length > 0 && performance.now() - start < CLEAN_WITHIN_MS;) {
    await sleep(50);
  }
  expect(left()).toEqual([]);
});
