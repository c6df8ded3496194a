import { realpath } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { combinations } from './interpreters.ts';
import { Project, type Files } from './record-project.ts';

const SHOP: Files = {
  'pytest.ini': '[pytest]\naddopts = -m "not slow"\ntestpaths = tests\nmarkers =\n    slow: takes long\n',
  'tests/conftest.py':
    'import sqlite3\n\nSIZE = len(bytearray(3 << 20))\nKEPT = bytearray(b"x" * (3 << 20))\n',
  'tests/test_cart.py':
    'import time\nimport helper_of_cart\nimport pytest\n\n\nclass TestCart:\n' +
    '    def test_empty(self):\n        assert True\n\n    @pytest.mark.slow\n    def test_slow(self):\n        assert True\n\n\n' +
    '@pytest.mark.parametrize("n", [1, 2, 3])\ndef test_numbers(n):\n    assert n\n',
  'tests/helper_of_cart.py': 'import time\n\ntime.sleep(0.05)\n',
  'tests/deep/test_broken.py': 'import time\n\nimport not_there_at_all\n',
  'tests/deep/test_syntax.py': 'def test_x(:\n    pass\n',
  'tests/deep/test_skipped.py': 'import pytest\n\npytest.skip("not here", allow_module_level=True)\n',
};

describe.each(combinations())('$name', (combination) => {
  it('tells everything of a collection, and leaves what pytest prints as it is', async () => {
    await using project = await Project.of(SHOP);
    const options = { with: combination, detail: 'hooks', args: ['-p', 'no:cacheprovider'] } as const;
    // Without bytecode of its own, so that both have to rewrite assertions, of which some Pythons warn
    const plain = await project.collectPlainly({ ...options, env: { PYTHONDONTWRITEBYTECODE: '1' } });
    const { recording, exitCode, stdout, stderr } = await project.record({
      ...options,
      invocation: 'python -m pytest',
      env: { PYTHONDONTWRITEBYTECODE: undefined },
    });

    expect(withoutTimes(`${stdout}\n${stderr}`)).toEqual(withoutTimes(plain.output));
    expect(exitCode).toBe(plain.exitCode);
    expect(exitCode).toBe(2);

    expect(recording.python).toMatchObject({ executable: combination.python, implementation: 'cpython' });
    expect(recording.pytest).toMatchObject({
      rootdir: project.root,
      inifile: project.path('pytest.ini'),
      testpaths: ['tests'],
      args: ['-m', 'not slow', '-p', 'no:cacheprovider'],
    });
    expect(recording.pytest?.version).toMatch(new RegExp(`^${combination.major}\\.`));
    expect(recording.pytest?.plugins).toContainEqual({
      name: project.path('tests/conftest.py'),
      origin: 'conftest',
      path: project.path('tests/conftest.py'),
    });
    expect(recording.pytest?.plugins.find(({ name }) => name === 'python')).toMatchObject({
      origin: 'builtin',
      path: `${await realpath(combination.folder)}/_pytest/python.py`,
    });
    expect(recording.pytest?.plugins.map(({ name }) => name).join(' ')).not.toMatch(/seaworthy.collect/i);

    expect(recording.phases.map(({ name }) => name)).toEqual([
      'start-up',
      'import',
      'configure',
      'collect',
      'modify',
      'report',
      'unconfigure',
      'exit',
    ]);
    for (const [index, phase] of recording.phases.entries()) {
      expect(phase.wallMs).toBeGreaterThanOrEqual(0);
      const next = recording.phases[index + 1];
      if (next !== undefined) expect(phase.atMs + phase.wallMs).toBeCloseTo(next.atMs, 6);
    }
    expect(recording.phases[0]?.wallMs).toBeGreaterThan(1);
    expect(recording.ownCpuMs).toBeGreaterThan(50);
    expect(recording.ownPeakBytes).toBeGreaterThan(10 << 20);

    const byId = new Map(recording.collectors.map((collector) => [collector.nodeId, collector]));
    expect(byId.get('tests/test_cart.py')).toMatchObject({
      kind: 'Module',
      path: project.path('tests/test_cart.py'),
      outcome: 'passed',
      items: 3,
    });
    expect(byId.get('tests/test_cart.py')?.own?.wallMs).toBeGreaterThan(50);
    const cart = recording.collectors.findIndex(({ nodeId }) => nodeId === 'tests/test_cart.py');
    // pytest 6 has an Instance between a class and its tests, with the same id.
    const inClass = recording.collectors.filter(({ nodeId }) => nodeId === 'tests/test_cart.py::TestCart');
    expect(inClass[0]).toMatchObject({
      kind: 'Class',
      parent: cart,
      path: project.path('tests/test_cart.py'),
    });
    expect(inClass.reduce((sum, { items }) => sum + items, 0)).toBe(2);
    expect(byId.get('tests/deep/test_broken.py')?.outcome).toBe('failed');
    expect(byId.get('tests/deep/test_skipped.py')?.outcome).toBe('skipped');
    expect(recording.collectors[0]).toMatchObject({ kind: 'Session', parent: -1 });

    expect(recording.conftests).toHaveLength(1);
    expect(recording.conftests[0]).toMatchObject({ path: project.path('tests/conftest.py'), failed: false });
    expect(recording.conftests[0]?.memoryBytes).toBeGreaterThan(2 << 20);

    const helper = recording.imports.find(({ module }) => module === 'helper_of_cart');
    expect(helper).toMatchObject({
      path: project.path('tests/helper_of_cart.py'),
      parent: -1,
      within: project.path('tests/test_cart.py'),
    });
    expect(helper?.wallMs).toBeGreaterThan(50);
    expect(recording.imports.map(({ module }) => module)).not.toContain('test_cart');
    const pytest = recording.imports.findIndex(({ module }) => module === 'pytest');
    expect(recording.imports[pytest]).not.toHaveProperty('within');
    expect(recording.imports.some(({ parent }) => parent === pytest)).toBe(true);

    const sources = new Map(recording.sources.map((source) => [source.path, source]));
    expect(sources.get(project.path('tests/test_cart.py'))).toMatchObject({ hit: false, written: true });
    expect(sources.get(project.path('tests/test_cart.py'))?.execMs).toBeGreaterThan(50);
    expect(sources.get(project.path('tests/test_cart.py'))?.rewriteMs).toBeGreaterThan(0);
    expect(sources.get(project.path('tests/conftest.py'))).toMatchObject({ hit: false, written: true });

    expect(recording.errors.map(({ nodeId }) => nodeId).toSorted()).toEqual([
      'tests/deep/test_broken.py',
      'tests/deep/test_syntax.py',
    ]);
    expect(recording.errors.find(({ nodeId }) => nodeId.endsWith('broken.py'))).toMatchObject({
      path: project.path('tests/deep/test_broken.py'),
      line: 3,
      raisedIn: project.path('tests/deep/test_broken.py'),
      type: 'ModuleNotFoundError',
      message: "No module named 'not_there_at_all'",
      traceback: expect.stringContaining('import not_there_at_all') as string,
    });
    expect(recording.errors.find(({ nodeId }) => nodeId.endsWith('syntax.py'))).toMatchObject({
      line: 1,
      raisedIn: project.path('tests/deep/test_syntax.py'),
      type: 'SyntaxError',
    });

    expect(recording.items).toMatchObject({
      found: 5,
      deselected: 1,
      files: [{ path: project.path('tests/test_cart.py'), found: 5, deselected: 1 }],
    });
    expect(recording.items?.hash).toMatch(/^[\da-f]{64}$/);
    expect(recording.ending).toMatchObject({ status: 2, kind: 'stopped' });
    expect(recording.ending?.reason).toMatch(/2 errors/);
    expect(recording.leftovers).toMatchObject({ threads: [], children: [] });

    const made = recording.hooks.find(
      ({ plugin, hook }) => plugin === 'python' && hook === 'pytest_pycollect_makemodule',
    );
    expect(made?.calls).toBe(4);
    expect(recording.hooks.map(({ plugin }) => plugin)).not.toContain('seaworthy-collect');
  });
});

function withoutTimes(output: string): string[] {
  return output
    .replaceAll(/\bin \d+\.\d+s\b/g, 'in a while')
    .split('\n')
    .map((line) => line.replaceAll(/=+/g, '=').trim())
    .filter((line) => line !== '');
}
