import { cpSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { CauseId, CollectionProfile, ProfileNode } from '../../src/model/collection-profile.ts';
import type { ProfileProgress } from '../../src/profile/profile-options.ts';
import { ONE_TEST, smallProject } from '../collect-once/small-project.ts';
import { allPairs } from '../interpreters/pytest-pairs.ts';
import { pytestFolder } from '../interpreters/pytests.ts';
import { busy, causeOf, profileOf } from './profile-of.ts';

// Each makes three runs or more, on machines that may have a dozen other things to do.
vi.setConfig({ testTimeout: 300_000 });

const SHOP = resolve(import.meta.dirname, '../../../../examples/shop');

function everyNode(node: ProfileNode): ProfileNode[] {
  return [node, ...node.children.flatMap(everyNode)];
}

/** What the tree must agree with: the phase of collection, and the conftests that were loaded before it. */
function expectSumsToAgree({ tree, runs, conftests }: CollectionProfile): void {
  const collect = runs.warm?.phases.find(({ name }) => name === 'collect');
  const before = conftests.reduce((sum, { wallMs }) => sum + wallMs, 0);
  expect(tree.wallMs).toBeGreaterThanOrEqual((collect?.wallMs ?? 0) - 0.01);
  expect(tree.wallMs).toBeLessThanOrEqual((collect?.wallMs ?? 0) + before + 1);
  for (const node of everyNode(tree)) {
    const below = node.children.reduce((sum, { wallMs }) => sum + wallMs, 0);
    expect(below).toBeLessThanOrEqual(node.wallMs + 1);
    expect(node.wallMs).toBeGreaterThanOrEqual(-1);
  }
}

test('the example project is healthy, and nothing is written into it', async () => {
  await using project = await smallProject({});
  cpSync(SHOP, project.root, { recursive: true });
  const before = readdirSync(project.root, { recursive: true }).sort();
  const profile = await profileOf(
    project,
    { env: { PYTHONPATH: `${pytestFolder(9)}:${join(project.root, 'src')}` } },
    { machine: 'unknown' },
  );
  expect(profile).toMatchObject({ outcome: { kind: 'finished' }, tests: { found: 3, files: 2 } });
  // On a busy machine anything may take a tenth of a second.
  expect(profile.causes.filter(({ savesMs }) => savesMs === undefined)).toEqual([]);
  expect(readdirSync(project.root, { recursive: true }).sort()).toEqual(before);
  expect(profile.runs.cold).toMatchObject({ bytecodeHits: 0, bytecodeMisses: 2 });
  expect(profile.runs.warm).toMatchObject({ bytecodeHits: 2, bytecodeMisses: 0 });
  expect(profile.plugins.some(({ hooksMs }) => (hooksMs ?? 0) > 0)).toBe(true);
  expectSumsToAgree(profile);
});

test.each([6, 7, 8, 9] as const)('the tree of pytest %d', async (major) => {
  const pair = allPairs().findLast((candidate) => candidate.major === major);
  if (pair === undefined) throw new Error(`These tests need a CPython on which pytest ${major} runs`);
  await using project = await smallProject({
    'tests/unit/conftest.py': 'import json\n',
    'tests/unit/test_a.py':
      'class TestX:\n    def test_one(self):\n        pass\n    def test_two(self):\n        pass\n',
    'tests/pkg/__init__.py': '',
    'tests/pkg/test_b.py': ONE_TEST,
    'test_c.py': ONE_TEST,
  });
  const profile = await profileOf(project, { python: pair.python, env: { PYTHONPATH: pair.folder } });
  const paths = everyNode(profile.tree).flatMap(({ path, kind, items }) =>
    path === undefined ? [] : [`${kind} ${path} ${items}`],
  );
  expect(paths.sort()).toEqual([
    'file test_c.py 1',
    'file tests/pkg/test_b.py 1',
    'file tests/unit/conftest.py 0',
    'file tests/unit/test_a.py 2',
    'folder . 4',
    'folder tests 3',
    'folder tests/pkg 1',
    'folder tests/unit 2',
  ]);
  expect(profile.files.map(({ path, items }) => [path, items]).sort()).toEqual([
    ['test_c.py', 1],
    ['tests/pkg/test_b.py', 1],
    ['tests/unit/test_a.py', 2],
  ]);
  expect(profile.conftests).toMatchObject([{ path: 'tests/unit/conftest.py' }]);
  expectSumsToAgree(profile);
});

/** What each of these takes is more than the most hindered machine adds elsewhere, and a good part of the whole. */
const BUSY = busy(500);

test('everything that takes time in a file, a conftest or a hook is told with its place', async () => {
  await using project = await smallProject({
    'shop/__init__.py': '',
    'shop/report.py': 'import shop.engine\n',
    'shop/engine.py': BUSY,
    'test_a.py': `import os\n\nfrom shop.report import shop\n${ONE_TEST}`,
    'test_b.py': BUSY + ONE_TEST,
    'heavy.py': BUSY,
    'one/conftest.py': '"""import heavy"""\nimport heavy\n',
    'one/test_c.py': ONE_TEST,
    'two/conftest.py': 'import time\ntime.sleep(1)\n',
    'two/test_d.py': ONE_TEST,
    'conftest.py': `def pytest_collection_modifyitems(items):\n${BUSY.replaceAll(/^(?=.)/gm, '    ')}`,
  });
  const profile = await profileOf(project, {}, { machine: 'unknown' });
  expect(profile.tests.found).toBe(4);
  expectSumsToAgree(profile);
  const cause = (id: CauseId, path: string) =>
    profile.causes.find((one) => one.id === id && one.location?.path === path);
  // A heavy import is told with the line that starts it, and what is to blame.
  const imported = cause('heavy-import', 'test_a.py');
  expect(imported).toMatchObject({ location: { line: 3 } });
  expect(imported?.message).toContain('importing shop.engine takes');
  expect(imported?.savesMs).toBeGreaterThan(250);
  const engine = profile.imports.find(({ module }) => module === 'shop.engine');
  expect(engine).toMatchObject({ path: 'shop/engine.py', location: { path: 'test_a.py', line: 3 } });
  expect(engine?.chain.slice(0, 2)).toEqual(['test_a.py', 'shop.report']);
  expect(cause('heavy-import', 'test_b.py')?.message).toContain('executing test_b.py takes');
  expect(cause('heavy-conftest', 'one/conftest.py')).toMatchObject({
    message: expect.stringMatching(/^one\/conftest\.py takes .* of it for `import heavy`$/) as string,
    location: { line: 2 },
  });
  expect(cause('waits-at-import', 'two/conftest.py')).toBeDefined();
  expect(cause('slow-hook', 'conftest.py')).toMatchObject({
    message: expect.stringContaining('pytest_collection_modifyitems in conftest.py takes') as string,
    location: { line: 1 },
  });
});

describe('what collection as a whole does', () => {
  test('a parametrize that explodes', async () => {
    await using project = await smallProject({
      'test_a.py': 'import pytest\n\n@pytest.mark.parametrize("x", range(8000))\ndef test_x(x):\n    pass\n',
    });
    const profile = await profileOf(project);
    expect(profile.tests.found).toBe(8000);
    expect(causeOf(profile, 'parametrize-explosion')).toMatchObject({
      message: expect.stringContaining('test_a.py makes 8,000 tests') as string,
      location: { path: 'test_a.py', line: 3 },
    });
  });

  test('memory that a conftest keeps for every file', async () => {
    const files = Object.fromEntries(Array.from({ length: 24 }, (_, at) => [`test_${at}.py`, ONE_TEST]));
    await using project = await smallProject({
      ...files,
      'conftest.py': 'kept = []\ndef pytest_collectstart(collector):\n    kept.append(b"x" * 2_000_000)\n',
    });
    const profile = await profileOf(project);
    expect(causeOf(profile, 'memory-grows')?.savesBytes).toBeGreaterThan(24 * 1_500_000);
  });

  test('files that -k leaves nothing of', async () => {
    await using project = await smallProject({
      'test_a.py': busy(400) + ONE_TEST,
      'test_b.py': 'def test_two(): pass\n',
    });
    const profile = await profileOf(project, { args: ['-k', 'two'] });
    expect(profile.tests).toMatchObject({ found: 2, deselected: 1 });
    expect(causeOf(profile, 'mostly-deselected')?.savesMs).toBeGreaterThan(200);
  });

  test.each([7, 9] as const)('folders without a test that pytest %d walks through', async (major) => {
    const files = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [`data/${Math.floor(at / 200)}/row_${at}.txt`, '']),
    );
    await using project = await smallProject({ ...files, 'tests/test_a.py': ONE_TEST });
    const profile = await profileOf(project, { env: { PYTHONPATH: pytestFolder(major) } });
    expect(causeOf(profile, 'walks-in-vain')).toMatchObject({
      location: { path: 'data' },
      fix: expect.stringContaining('testpaths'),
    });
  });

  test('bytecode that is never kept', async () => {
    const asserts = Array.from({ length: 2500 }, (_, at) => `    assert x + ${at} == ${at}\n`).join('');
    await using project = await smallProject({ 'test_a.py': `def test_one():\n    x = 0\n${asserts}` });
    const profile = await profileOf(project, { env: { PYTHONDONTWRITEBYTECODE: '1' } });
    expect(causeOf(profile, 'bytecode-never-cached')).toMatchObject({
      message: expect.stringContaining('PYTHONDONTWRITEBYTECODE'),
    });
    expect(causeOf(await profileOf(project), 'bytecode-never-cached')).toBeUndefined();
  });

  test('garbage that pytest 9 collects five times at its end, and the proof', async () => {
    await using project = await smallProject({
      'conftest.py': 'kept = [[at] for at in range(1_500_000)]\n',
      'test_a.py': ONE_TEST,
    });
    const profile = await profileOf(project, {}, { verifyPlugins: { pairs: 2 } });
    const cause = causeOf(profile, 'end-of-session-gc');
    expect(cause?.fix).toContain('-p no:unraisableexception -p no:threadexception');
    expect(profile.plugins.find(({ name }) => name === 'unraisableexception')?.without).toMatchObject({
      sameTests: true,
    });
    const old = await profileOf(project, { env: { PYTHONPATH: pytestFolder(8) } });
    expect(causeOf(old, 'end-of-session-gc')).toBeUndefined();
  });
});

describe('plugins', () => {
  const plugin = (name: string, source: string) => ({
    [`plugins/${name}.py`]: source,
    [`plugins/${name}-1.2.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: 1.2\n`,
    [`plugins/${name}-1.2.dist-info/entry_points.txt`]: `[pytest11]\n${name} = ${name}\n`,
  });

  test('an installed one is priced, and proved by collecting without it', async () => {
    await using project = await smallProject({
      'pytest.ini': '[pytest]\ntestpaths = tests\n',
      'tests/test_a.py': ONE_TEST + 'def test_two():\n    pass\n',
      ...plugin(
        'slow_plugin',
        `${busy(300)}def pytest_configure(config):\n${busy(200).replaceAll(/^(?=.)/gm, '    ')}`,
      ),
      ...plugin(
        'needed_plugin',
        `${busy(150)}def pytest_collection_modifyitems(items):\n    del items[1:]\n`,
      ),
    });
    const progress: ProfileProgress[] = [];
    const profile = await profileOf(
      project,
      {
        env: {
          PYTHONPATH: `${join(project.root, 'plugins')}:${pytestFolder(9)}`,
          PYTEST_DISABLE_PLUGIN_AUTOLOAD: undefined,
        },
      },
      // On a busy machine a plugin that is installed here may seem dearer than the second of ours.
      { verifyPlugins: { most: 4, pairs: 2 }, onProgress: (row) => progress.push(row) },
    );
    const slow = profile.plugins.find(({ name }) => name === 'slow_plugin');
    expect(slow).toMatchObject({ origin: 'entry-point', distribution: 'slow_plugin', version: '1.2' });
    expect(slow?.importMs).toBeGreaterThan(150);
    expect(slow?.hooksMs).toBeGreaterThan(100);
    expect(slow?.without).toMatchObject({ sameTests: true });
    // 0.5 s in truth; how exactly two pairs can tell depends on what else the machine does.
    expect(slow?.without?.highMs).toBeGreaterThan(100);
    const messages = profile.causes
      .filter(({ id }) => id === 'expensive-plugin')
      .map(({ message }) => message);
    expect(messages.join()).toContain('plugin slow_plugin (slow_plugin 1.2) takes');
    expect(profile.plugins.find(({ name }) => name === 'needed_plugin')?.without).toMatchObject({
      sameTests: false,
    });
    const steps = [...new Set(progress.map(({ step }) => step))];
    expect(steps).toEqual(['cold', 'warm', 'hooks', 'facts', 'plugins']);
  });
});
