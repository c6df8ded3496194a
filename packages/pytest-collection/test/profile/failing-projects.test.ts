import { symlinkSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { limitedRunner } from '../../src/run/limited-runner.ts';
import { ONE_TEST, smallProject } from '../collect-once/small-project.ts';
import { causeOf, profileOf } from './profile-of.ts';

// Each makes three runs or more, on machines that may have a dozen other things to do.
vi.setConfig({ testTimeout: 300_000 });

test('an import that hangs: the profile tells the line, and what was known so far', async () => {
  await using project = await smallProject({
    'shop/db.py': 'import socket\nserver = socket.create_server(("127.0.0.1", 0))\nserver.accept()\n',
    'conftest.py': 'import json\n',
    'test_a.py': ONE_TEST,
    'test_b.py': 'import shop.db\n',
  });
  let profile = await profileOf(project, {}, { timeoutMs: 3_000 });
  // How soon it comes to that file depends on the machine.
  for (let timeoutMs = 6_000; profile.tests.found === 0 && timeoutMs < 100_000; timeoutMs *= 2)
    profile = await profileOf(project, {}, { timeoutMs });
  expect(profile.outcome).toMatchObject({ kind: 'timed-out' });
  expect(causeOf(profile, 'waits-at-import')).toMatchObject({
    certainty: 'certain',
    message: expect.stringContaining('blocked at shop/db.py:3 while test_b.py was collected'),
    location: { path: 'shop/db.py', line: 3 },
  });
  expect(profile.conftests).toMatchObject([{ path: 'conftest.py' }]);
  expect(profile.runs).not.toHaveProperty('warm');
});

test('a file that needs more memory than there is', async () => {
  await using project = await smallProject({
    'test_a.py': ONE_TEST,
    'test_big.py': 'kept = bytearray(400_000_000)\nfor at in range(0, len(kept), 4096):\n    kept[at] = 1\n',
  });
  const runner = await limitedRunner(150_000_000, project.workspace);
  const profile = await profileOf(project, {}, { runner });
  const cause = causeOf(profile, 'killed-for-memory');
  expect(profile.causes[0]).toBe(cause);
  expect(cause).toMatchObject({ location: { path: 'test_big.py' } });
  expect(profile).not.toHaveProperty('workers');
});

test('errors: the rest has its costs, and an extension that was not built is no circular import', async () => {
  await using project = await smallProject({
    'shop/__init__.py': 'from . import _fast\n',
    'shop/_fast.pyx': '',
    'test_a.py': 'import shop\n',
    'test_b.py': ONE_TEST,
  });
  const profile = await profileOf(project);
  expect(profile.outcome).toMatchObject({ kind: 'errors' });
  expect(profile.errors).toMatchObject([{ path: 'test_a.py', raisedIn: 'shop/__init__.py', line: 1 }]);
  expect(profile.tests).toMatchObject({ found: 1 });
  expect(profile.runs).toHaveProperty('warm');
  expect(causeOf(profile, 'extension-missing')).toMatchObject({
    certainty: 'certain',
    message: expect.stringContaining('shop._fast is an extension that was not built'),
    location: { path: 'shop/__init__.py' },
  });
});

test('a symbolic link that leads round', async () => {
  await using project = await smallProject({ 'tests/test_a.py': ONE_TEST });
  symlinkSync(project.root, project.path('tests/again'));
  const profile = await profileOf(project);
  expect(causeOf(profile, 'symlink-loop')).toMatchObject({
    certainty: 'certain',
    location: { path: 'tests/again' },
  });
});

test('a thread and a process that are left', async () => {
  await using project = await smallProject({
    'conftest.py': [
      'import subprocess, sys, threading, time',
      'threading.Thread(target=time.sleep, args=(1,), name="poller").start()',
      'subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])',
      '',
    ].join('\n'),
    'test_a.py': ONE_TEST,
  });
  const profile = await profileOf(project);
  expect(causeOf(profile, 'leftover-thread')?.message).toContain('poller');
  expect(causeOf(profile, 'leftover-child')?.message).toContain('time.sleep(60)');
});

test('arguments that pytest does not know, and no pytest at all', async () => {
  await using project = await smallProject({ 'test_a.py': ONE_TEST });
  const usage = await profileOf(project, { args: ['--no-such-option'] }, { machine: 'unknown' });
  expect(usage).toMatchObject({
    outcome: { kind: 'usage-error' },
    tests: { found: 0, files: 0 },
  });
  expect(usage.causes.filter(({ savesMs }) => savesMs === undefined)).toEqual([]);
  const none = await profileOf(
    project,
    { env: { PYTHONPATH: project.root }, args: ['-p', 'no_such_plugin'] },
    { machine: 'unknown' },
  );
  expect(none.outcome.kind).not.toBe('finished');
  expect(none.causes.filter(({ savesMs }) => savesMs === undefined)).toEqual([]);
});

test('being called off ends it with the reason', async () => {
  await using project = await smallProject({ 'test_a.py': 'import time\ntime.sleep(60)\n' });
  const controller = new AbortController();
  const onProgress = () => controller.abort(new Error('called off'));
  await expect(profileOf(project, {}, { signal: controller.signal, onProgress })).rejects.toThrow(
    'called off',
  );
});

test('the smallest limit that passes, and the largest number of workers under a given one', async () => {
  await using project = await smallProject({
    'test_a.py': `kept = bytearray(b"x") * 60_000_000\n${ONE_TEST}`,
  });
  const profile = await profileOf(project, {}, { smallestLimit: true, limitBytes: 500_000_000 });
  expect(profile.smallestLimit?.passes).toBeGreaterThan(60_000_000);
  expect(profile.workers).toMatchObject({ limit: 500_000_000, origin: '--limit' });
  expect(profile.workers?.largest).toBeGreaterThan(2);
});

test('an exit code that a pipe has turned into 0', async () => {
  await using project = await smallProject({
    'test_big.py': 'kept = bytearray(400_000_000)\nfor at in range(0, len(kept), 4096):\n    kept[at] = 1\n',
  });
  const runner = await limitedRunner(150_000_000, project.workspace);
  const profile = await profileOf(project, { pipe: 'cat' }, { runner });
  expect(causeOf(profile, 'killed-for-memory')).toBeDefined();
  expect(causeOf(profile, 'hidden-exit-code')?.fix).toContain('pipefail');
});
