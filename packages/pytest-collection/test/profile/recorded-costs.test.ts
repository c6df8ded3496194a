import { expect, test, vi } from 'vitest';
import { collectOnce } from '../../src/collect-once.ts';
import { smallProject } from '../collect-once/small-project.ts';
import { PYTHON } from '../interpreters/python.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import { profileOf } from './profile-of.ts';

vi.setConfig({ testTimeout: 120_000 });

const env = { PYTHONPATH: pytestFolder(9), PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' };

test('the recorder tells which tests parametrization made, and of how many functions', async () => {
  await using project = await smallProject({
    'test_plain.py': 'def test_one(): pass\ndef test_two(): pass\n',
    'test_made.py': [
      'import pytest',
      '@pytest.mark.parametrize("x", range(4))',
      'class TestX:',
      '    def test_a(self, x): pass',
      '    def test_b(self, x): pass',
      '@pytest.fixture(params=[1, 2, 3], scope="module")',
      'def wide(request): return request.param',
      'def test_c(wide): pass',
      'def test_d(wide): pass',
      'def test_plain(): pass',
      '',
    ].join('\n'),
  });
  const { recording } = await collectOnce(
    { root: project.root, python: PYTHON, env },
    { workspace: project.workspace },
  );
  expect(recording.items?.files).toEqual(
    expect.arrayContaining([
      { path: project.path('test_plain.py'), found: 2, deselected: 0 },
      {
        path: project.path('test_made.py'),
        found: 15,
        deselected: 0,
        parametrized: { made: 14, of: 4 },
      },
    ]),
  );
});

test('the recorder tells what of an import was a collection of garbage, and what was its own', async () => {
  await using project = await smallProject({
    'dirty.py': 'import gc\nkept = [[at] for at in range(300_000)]\ngc.collect()\ngc.collect()\n',
    'outer.py': 'import dirty\n',
    'test_a.py': 'import outer\ndef test_a(): pass\n',
  });
  const { recording } = await collectOnce(
    { root: project.root, python: PYTHON, env },
    { workspace: project.workspace },
  );
  const [outer, dirty] = ['outer', 'dirty'].map((name) =>
    recording.imports.find(({ module }) => module === name),
  );
  expect(dirty?.gcMs).toBeGreaterThan(1);
  expect(outer?.gcMs).toBeGreaterThanOrEqual(dirty?.gcMs ?? Infinity);
  // Whole microseconds are told.
  expect(dirty?.selfMs).toBeCloseTo((dirty?.wallMs ?? 0) - (dirty?.gcMs ?? 0), 2);
  expect(outer?.selfMs).toBeLessThanOrEqual((outer?.wallMs ?? 0) - (dirty?.wallMs ?? 0) + 0.01);
});

test('what hangs before pytest was configured has the version of its pytest all the same', async () => {
  await using project = await smallProject({ 'conftest.py': 'import time\ntime.sleep(600)\n' });
  const profile = await profileOf(project, {}, { timeoutMs: 5_000 });
  expect(profile.outcome.kind).toBe('timed-out');
  expect(profile.pytest.version).toMatch(/^9\./);
});
