import { expect, test, vi } from 'vitest';
import { outcomeSentence } from '../../src/formats/outcome-sentence.ts';
import { limitedRunner } from '../../src/run/limited-runner.ts';
import { ONE_TEST, smallProject } from '../collect-once/small-project.ts';
import { causeOf, profileOf } from './profile-of.ts';

// Each makes a run or more, on machines that may have a dozen other things to do.
vi.setConfig({ testTimeout: 300_000 });

const FILLED = 'kept = bytearray(400_000_000)\nfor at in range(0, len(kept), 4096): kept[at] = 1\n';

test('a child that is killed for its memory: the file that started it, although pytest goes on', async () => {
  await using project = await smallProject({
    'test_a.py': ONE_TEST,
    'test_b.py': `import subprocess, sys\nsubprocess.run([sys.executable, "-c", ${JSON.stringify(FILLED)}])\n${ONE_TEST}`,
    'test_c.py': ONE_TEST,
  });
  const runner = await limitedRunner(150_000_000, project.workspace);
  const profile = await profileOf(project, {}, { runner });
  expect(profile.outcome).toMatchObject({
    kind: 'killed-for-memory',
    hit: 'child',
    at: { phase: 'collect', path: project.path('test_b.py') },
  });
  expect(causeOf(profile, 'killed-for-memory')?.location).toEqual({ path: 'test_b.py' });
  expect(causeOf(profile, 'hidden-exit-code')).toBeUndefined();
});

test('a kill inside of a hook: the conftest that has it', async () => {
  await using project = await smallProject({
    'conftest.py': `def pytest_collection_modifyitems(items):\n    ${FILLED.replaceAll('\nfor', '\n    for')}`,
    'test_a.py': ONE_TEST,
  });
  const runner = await limitedRunner(150_000_000, project.workspace);
  const profile = await profileOf(project, {}, { runner });
  expect(profile.outcome).toMatchObject({
    at: { phase: 'modify' },
    victim: expect.stringMatching(/^pytest itself /),
  });
  expect(causeOf(profile, 'killed-for-memory')).toMatchObject({ location: { path: 'conftest.py', line: 1 } });
});

test('too little address space: the line whose allocation failed', async () => {
  await using project = await smallProject({
    'test_a.py': ONE_TEST,
    'test_m.py': `\n\nkept = bytearray(4_000_000_000)\n${ONE_TEST}`,
  });
  const runner = await limitedRunner(600_000_000, project.workspace, 'address-space');
  const profile = await profileOf(project, {}, { runner });
  const cause = causeOf(profile, 'killed-for-memory');
  expect(cause).toMatchObject({ location: { path: 'test_m.py', line: 3 } });
  expect(cause?.evidence.join()).not.toContain('kernel');
});

test('descriptors that a conftest closes: it, and not the standard library', async () => {
  await using project = await smallProject({
    'conftest.py': 'import os\nos.closerange(3, 200)\n',
    'test_a.py': ONE_TEST,
  });
  const profile = await profileOf(project);
  const { text, details } = outcomeSentence(profile);
  expect(text).toBe('A plugin or conftest failed: conftest.py');
  expect(details.join()).toContain('Descriptors were closed that pytest itself uses');
});

test.each([
  ['true', 'which ended with exit code 0'],
  ['nosuchcommand', 'The pipe could not be started'],
])('a pipe that reads nothing (%s) is told of, not os._exit', async (pipe, detail) => {
  await using project = await smallProject({ 'test_a.py': ONE_TEST });
  const profile = await profileOf(project, { pipe });
  expect(profile.outcome).toMatchObject({ kind: 'vanished', pipe });
  expect(outcomeSentence(profile).details.join()).toContain(detail);
});

test('a module that waits for a thread which imports it', async () => {
  await using project = await smallProject({
    'conftest.py': '',
    'shop/__init__.py': '',
    'shop/a.py': [
      'import threading',
      'def work():',
      '    from shop.a import DONE',
      'thread = threading.Thread(target=work)',
      'thread.start()',
      'thread.join()',
      'DONE = 1',
    ].join('\n'),
    'test_a.py': 'import shop.a\n',
  });
  const profile = await profileOf(project, {}, { timeoutMs: 10_000 });
  expect(causeOf(profile, 'import-deadlock')).toMatchObject({
    message: expect.stringContaining('waits at shop/a.py:3 for a module that is still being imported'),
    location: { path: 'shop/a.py', line: 6 },
  });
  expect(causeOf(profile, 'waits-at-import')).toBeUndefined();
});
