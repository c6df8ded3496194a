import { describe, expect, test } from 'vitest';
import type { FileItems, HookRecord, ImportRecord, PluginFacts } from '../../../src/model/recording.ts';
import { findCauses } from '../../../src/profile/find-causes.ts';
import { isMuchMemory, isWorthTelling, stretchOf } from '../../../src/profile/causes/worth-telling.ts';
import {
  collectorOf,
  importOf,
  inputOf,
  type InputOptions,
  machineOf,
  phasesOf,
  recordingOf,
  ROOT,
  runOf,
  SESSION,
} from '../hand-made.ts';

const CART = `${ROOT}/tests/test_cart.py`;
const found = (options: InputOptions) => findCauses(inputOf(options));
const idsOf = (options: InputOptions) => found(options).map(({ id }) => id);

describe('worth telling', () => {
  const alone = recordingOf({ phases: [] });

  test.each([
    [99.9, 1000, false],
    [100, 1000, true],
    [100, 2000, true],
    [100, 2001, false],
    [999, 60_000, false],
    [1000, 60_000, true],
  ])('%d ms of %d ms: %s', (ms, wallMs, expected) =>
    expect(isWorthTelling(ms, { wallMs, recording: alone })).toBe(expected),
  );

  test('a busy machine stretches everything, and what is noticed with it', () => {
    const phases = phasesOf().map((phase) => ({ ...phase, cpuMs: phase.wallMs / 3 }));
    expect(stretchOf({ phases })).toBeCloseTo(3);
    expect(isWorthTelling(299, { wallMs: 1000, recording: recordingOf({ phases }) })).toBe(false);
    expect(isWorthTelling(301, { wallMs: 1000, recording: recordingOf({ phases }) })).toBe(true);
  });

  test('what the project waits for itself is no fault of the machine', () => {
    const phases = phasesOf().map((phase) => (phase.name === 'collect' ? { ...phase, cpuMs: 20 } : phase));
    expect(stretchOf({ phases })).toBe(1);
  });

  test.each([
    [19.9e6, 100e6, false],
    [20e6, 200e6, true],
    [20e6, 201e6, false],
  ])('%d bytes of %d bytes: %s', (size, bytes, expected) =>
    expect(isMuchMemory(size, { peak: { bytes, source: 'none', processes: [] } })).toBe(expected),
  );
});

describe('heavy imports', () => {
  const withImports = (imports: readonly ImportRecord[]) => ({ runs: { warm: runOf({ imports }) } });

  test('at the threshold and below', () => {
    expect(idsOf(withImports([importOf('pandas', { wallMs: 100 })]))).toEqual(['heavy-import']);
    expect(idsOf(withImports([importOf('pandas', { wallMs: 99 })]))).toEqual([]);
    expect(idsOf(withImports([importOf('pandas', { wallMs: 9, memoryBytes: 20e6 })]))).toEqual([
      'heavy-import',
    ]);
  });

  test('names the line, the price and who else imports it', () => {
    const [cause] = found({
      ...withImports([importOf('pandas', { wallMs: 400, memoryBytes: 40e6 })]),
      sources: {
        [CART]: 'import os\nimport pandas as pd\n',
        [`${ROOT}/tests/test_order.py`]: 'import pandas\n',
      },
    });
    expect(cause).toMatchObject({
      savesMs: 400,
      savesBytes: 40e6,
      location: { path: 'tests/test_cart.py', line: 2 },
    });
    expect(cause?.message).toContain('importing pandas takes 400 ms and 40 MB of 1 s');
    expect(cause?.evidence.join()).toContain('1 other file too, such as tests/test_order.py');
  });

  test('goes through the modules of the project to what is to blame, and not into that', () => {
    const [cause, ...more] = found(
      withImports([
        importOf('tests.test_cart', { path: CART, wallMs: 310 }),
        importOf('shop.report', { parent: 0, path: `${ROOT}/shop/report.py`, wallMs: 300 }),
        importOf('pandas', { parent: 1, wallMs: 280 }),
        importOf('pandas.core', { parent: 2, wallMs: 270 }),
      ]),
    );
    expect(more).toEqual([]);
    expect(cause?.message).toContain('(shop.report -> pandas)');
    expect(cause?.fix).toBe('import pandas in shop.report only where it is used');
  });

  test('a file that takes long by its own lines', () => {
    const run = runOf({
      collectors: [SESSION, collectorOf('tests/test_cart.py', { wallMs: 160 })],
      sources: [{ path: CART, hit: true, written: false, rewriteMs: 0, execMs: 150 }],
      imports: [importOf('os', { wallMs: 40 })],
    });
    expect(found({ runs: { warm: run } })).toMatchObject([
      { id: 'heavy-import', savesMs: 110, location: { path: 'tests/test_cart.py' } },
    ]);
  });
});

describe('heavy conftests', () => {
  const conftest = {
    path: `${ROOT}/tests/conftest.py`,
    atMs: 210,
    cpuMs: 100,
    memoryBytes: 1e6,
    failed: false,
  };

  test('at the threshold and below', () => {
    const of = (wallMs: number) => ({ runs: { warm: runOf({ conftests: [{ ...conftest, wallMs }] }) } });
    expect(idsOf(of(100))).toEqual(['heavy-conftest']);
    expect(idsOf(of(99))).toEqual([]);
  });

  test('says for which import, once, with its line', () => {
    const causes = found({
      runs: {
        warm: runOf({
          conftests: [{ ...conftest, wallMs: 120 }],
          imports: [
            importOf('tests.conftest', { path: conftest.path, within: conftest.path, wallMs: 119 }),
            importOf('pandas', { within: conftest.path, parent: 0, wallMs: 110 }),
          ],
        }),
      },
      sources: { [conftest.path]: '\nimport pandas\n' },
    });
    expect(causes).toMatchObject([
      {
        id: 'heavy-conftest',
        message: 'tests/conftest.py takes 120 ms of 1 s, 110 ms of it for `import pandas`',
        savesMs: 110,
        location: { path: 'tests/conftest.py', line: 2 },
        fix: 'move `import pandas` into the fixture that uses it',
      },
    ]);
  });

  test.each([
    ['try:\n    import pandas\n\n    has_pandas = True\nexcept ImportError:\n    has_pandas = False\n', ''],
    [
      'try:\n    import pandas as pd\nexcept ImportError:\n    pd = None\n',
      ', and import it in the fixture that uses it',
    ],
  ])('an import that is tried for a flag cannot be moved: %j', (source, more) => {
    const [cause] = found({
      runs: {
        warm: runOf({
          conftests: [{ ...conftest, wallMs: 120 }],
          imports: [importOf('pandas', { within: conftest.path, wallMs: 110 })],
        }),
      },
      sources: { [conftest.path]: source },
    });
    expect(cause?.fix).toBe(
      `ask importlib.util.find_spec("pandas") whether it is installed, which does not import it${more}`,
    );
  });
});

describe('waiting', () => {
  test('a module that stands still is told, and not those that import it', () => {
    const causes = found({
      runs: {
        warm: runOf({
          imports: [
            importOf('shop.db', { path: `${ROOT}/shop/db.py`, wallMs: 520, cpuMs: 12 }),
            importOf('driver', { parent: 0, wallMs: 510, cpuMs: 8 }),
          ],
        }),
      },
    });
    expect(causes).toMatchObject([{ id: 'waits-at-import', savesMs: 502 }]);
    expect(causes[0]?.message).toContain('importing driver takes 510 ms');
  });

  test('a conftest that sleeps', () => {
    const path = `${ROOT}/conftest.py`;
    const causes = found({
      runs: {
        warm: runOf({
          conftests: [{ path, atMs: 210, wallMs: 300, cpuMs: 10, memoryBytes: 0, failed: false }],
        }),
      },
    });
    expect(causes).toMatchObject([{ id: 'waits-at-import', location: { path: 'conftest.py' } }]);
  });

  test('sharing a busy processor is no waiting', () => {
    // Everything in this run had a quarter of a processor.
    const phases = phasesOf().map((phase) => ({ ...phase, cpuMs: phase.wallMs / 4 }));
    const run = runOf({ phases, imports: [importOf('pandas', { wallMs: 600, cpuMs: 150 })] });
    expect(idsOf({ runs: { warm: run } })).toEqual(['heavy-import']);
  });

  test('what did not wait in the other run as well was only unlucky', () => {
    const of = (cpuMs: number) => runOf({ imports: [importOf('driver', { wallMs: 510, cpuMs })] });
    expect(idsOf({ runs: { cold: of(8), warm: of(8) } })).toEqual(['waits-at-import']);
    expect(idsOf({ runs: { cold: of(500), warm: of(8) } })).toEqual([]);
  });

  test('a run that hung names the line where it stands and what it waits for', () => {
    const run = runOf(
      {},
      {
        outcome: {
          kind: 'timed-out',
          afterMs: 5000,
          at: { phase: 'collect', path: CART, atMs: 400 },
          waitsFor: 'connect to 127.0.0.1:5432',
          stacks: [
            {
              thread: 'MainThread',
              frames: [
                { path: '/usr/lib/python3.11/socket.py', line: 833, function: 'create_connection' },
                { path: `${ROOT}/shop/db.py`, line: 7, function: '<module>' },
              ],
            },
          ],
        },
      },
    );
    expect(found({ runs: { cold: run } })).toMatchObject([
      {
        id: 'waits-at-import',
        certainty: 'certain',
        message:
          'did not end within 5 s: blocked at shop/db.py:7 while tests/test_cart.py was collected, waiting for connect to 127.0.0.1:5432',
        location: { path: 'shop/db.py', line: 7 },
      },
    ]);
  });
});

describe('items', () => {
  const itemsOf = (file: Omit<FileItems, 'path'>, more = 0) => ({
    found: file.found + more,
    deselected: file.deselected,
    hash: 'a',
    sortedHash: 'b',
    files: [{ path: CART, ...file }],
  });
  const slow = [SESSION, collectorOf('tests/test_cart.py', { wallMs: 106 })];

  test('an explosion at the threshold and below', () => {
    const of = (made: number, collectors = slow) => ({
      runs: {
        warm: runOf({
          collectors,
          items: itemsOf({ found: made + 10, deselected: 0, parametrized: { made, of: 1 } }),
        }),
      },
      sources: {
        [CART]: 'import pytest\n\n@pytest.mark.parametrize("x", range(1000))\ndef test_x(x): pass\n',
      },
    });
    const dear = [SESSION, collectorOf('tests/test_cart.py', { wallMs: 206 })];
    const [cause] = found(of(1001, dear));
    // 200.9 ms for 1,011 tests, of which 11 stay.
    expect(cause?.savesMs).toBeCloseTo((200.9 * 1000) / 1011);
    expect(found(of(1001, dear))).toMatchObject([
      { id: 'parametrize-explosion', location: { path: 'tests/test_cart.py', line: 3 } },
    ]);
    expect(idsOf(of(1000, dear))).toEqual([]);
    // Many tests that cost nothing are no harm.
    expect(idsOf(of(1001, [SESSION, collectorOf('tests/test_cart.py', { wallMs: 50 })]))).toEqual([]);
  });

  test('many tests that nothing parametrizes are no explosion', () => {
    const collectors = [SESSION, collectorOf('tests/test_cart.py', { wallMs: 406 })];
    const items = itemsOf({ found: 2000, deselected: 0 });
    expect(idsOf({ runs: { warm: runOf({ collectors, items }) } })).toEqual([]);
  });

  test('files of which nothing is left after -k', () => {
    const of = (deselected: number) => ({
      runs: { warm: runOf({ collectors: slow, items: itemsOf({ found: 10, deselected }) }) },
    });
    expect(found(of(10))).toMatchObject([{ id: 'mostly-deselected', savesMs: 106 }]);
    expect(idsOf(of(9))).toEqual([]);
  });
});

describe('plugins and hooks', () => {
  const plugin: PluginFacts = {
    name: 'big',
    origin: 'entry-point',
    distribution: 'pytest-big',
    version: '1.2',
    path: '/lib/big.py',
  };
  const conftest: PluginFacts = { name: 'conf', origin: 'conftest', path: `${ROOT}/conftest.py` };
  const of = (plugins: readonly PluginFacts[], hooks: readonly HookRecord[] = []) => {
    const { within: _, ...record } = importOf('big', { path: '/lib/big.py', wallMs: 60, atMs: 210 });
    const run = runOf({ pytest: { ...recordingOf().pytest!, plugins }, imports: [record], hooks });
    return { warm: run, hooks: run };
  };
  const hook = (name: string, wallMs: number, plugin_ = 'big'): HookRecord => ({
    plugin: plugin_,
    hook: name,
    calls: 2,
    wallMs,
    memoryBytes: 0,
  });

  test('a plugin at the threshold and below', () => {
    expect(found({ runs: of([plugin], [hook('pytest_configure', 190)]) })).toMatchObject([
      {
        id: 'expensive-plugin',
        savesMs: 250,
        certainty: 'likely',
        fix: 'add -p no:big where its tests do not run, or uninstall it',
      },
    ]);
    expect(idsOf({ runs: of([plugin], [hook('pytest_configure', 189)]) })).toEqual([]);
    expect(idsOf({ runs: of([{ ...plugin, origin: 'builtin' }], [hook('pytest_configure', 400)]) })).toEqual(
      [],
    );
  });

  test('what was measured without it decides', () => {
    const runs = of([plugin], [hook('pytest_configure', 400)]);
    const { profile } = inputOf({ runs });
    const withProof = (without: NonNullable<(typeof profile.plugins)[number]['without']>) => ({
      runs,
      profile: { plugins: profile.plugins.map((one) => ({ ...one, without })) },
    });
    const proof = { savedMs: 380, lowMs: 300, highMs: 420, savedBytes: 2e6, sameTests: true };
    expect(found(withProof(proof))).toMatchObject([{ certainty: 'certain', savesMs: 380, savesBytes: 2e6 }]);
    expect(idsOf(withProof({ ...proof, savedMs: -10, lowMs: -40, highMs: 0 }))).toEqual([]);
    expect(found(withProof({ ...proof, savedMs: 100, lowMs: 90 }))).toMatchObject([{ savesMs: 100 }]);
    expect(idsOf(withProof({ ...proof, savedMs: 99, lowMs: 90 }))).toEqual([]);
    // What proves nothing promises nothing.
    for (const unproven of [
      { ...proof, lowMs: -900, highMs: 1700 },
      // It may wait.
      { ...proof, savedMs: -10, lowMs: -40, highMs: 0, by: 'cpu' as const },
    ]) {
      const [cause, ...more] = found(withProof(unproven));
      expect(more).toEqual([]);
      expect(cause).toMatchObject({ id: 'expensive-plugin', certainty: 'likely' });
      expect(cause).not.toHaveProperty('savesMs');
    }
    expect(found(withProof({ ...proof, sameTests: false }))).toMatchObject([{ certainty: 'likely' }]);
  });

  test('a hook of a conftest at the threshold and below, with its line', () => {
    const of_ = (ms: number) => ({
      runs: of([conftest], [hook('pytest_collection_modifyitems', ms, 'conf')]),
      sources: { [`${ROOT}/conftest.py`]: 'x = 1\n\ndef pytest_collection_modifyitems(items):\n    pass\n' },
    });
    expect(found(of_(100))).toMatchObject([
      { id: 'slow-hook', savesMs: 100, location: { path: 'conftest.py', line: 3 } },
    ]);
    expect(idsOf(of_(99))).toEqual([]);
  });
});

describe('the end of the session', () => {
  const of = (version: string, unconfigure: number, plugins = recordingOf().pytest!.plugins) => ({
    runs: {
      warm: runOf({
        phases: phasesOf({ unconfigure }),
        pytest: { ...recordingOf().pytest!, version, plugins },
      }),
    },
  });

  test('at the threshold and below, and only where this pytest does it', () => {
    expect(idsOf(of('9.0.3', 100))).toEqual(['end-of-session-gc']);
    expect(idsOf(of('9.0.3', 99))).toEqual([]);
    expect(idsOf(of('8.4.0', 100))).toEqual(['end-of-session-gc']);
    expect(idsOf(of('8.3.5', 400))).toEqual([]);
    expect(idsOf(of('9.0.3', 400, []))).toEqual([]);
  });

  test('never saves more than was measured without it', () => {
    const { runs } = of('9.0.3', 284);
    const { profile } = inputOf({ runs });
    const measured = (lowMs: number, savedMs: number, highMs: number) => {
      const without = { savedMs, lowMs, highMs, savedBytes: 0, sameTests: true, by: 'cpu' as const };
      const plugins = profile.plugins.map((one) =>
        one.name === 'unraisableexception' ? { ...one, without } : one,
      );
      return found({ runs, profile: { plugins } });
    };
    expect(measured(150, 160, 183)).toMatchObject([{ certainty: 'certain', savesMs: 160 }]);
    const [unproven] = measured(-8.7, 90, 183);
    expect(unproven).toMatchObject({ id: 'end-of-session-gc', certainty: 'likely' });
    expect(unproven).not.toHaveProperty('savesMs');
    expect(unproven?.evidence.join()).toContain('8.7 ms of CPU time more to 183 ms less: unproven');
    // Not even at the best is it worth anything.
    expect(measured(-71, 10, 73)).toEqual([]);
  });
});

describe('bytecode', () => {
  const of = (rewriteMs: number, dontWriteBytecode: boolean) => {
    const sources = [{ path: CART, hit: false, written: false, rewriteMs, execMs: 1 }];
    return {
      cold: runOf({ sources, python: { ...recordingOf().python!, dontWriteBytecode } }),
      warm: runOf(),
    };
  };

  test('at the threshold and below, and only where something keeps it from being written', () => {
    expect(idsOf({ runs: of(100.4, true) })).toEqual(['bytecode-never-cached']);
    expect(idsOf({ runs: of(99, true) })).toEqual([]);
    expect(idsOf({ runs: of(500, false) })).toEqual([]);
    expect(found({ runs: of(500, false), project: { unwritable: `${ROOT}/tests` } })).toMatchObject([
      { id: 'bytecode-never-cached', fix: expect.stringContaining('PYTHONPYCACHEPREFIX') },
    ]);
  });
});

describe('folders in vain', () => {
  const of = (wallMs: number) => ({
    runs: {
      warm: runOf({
        collectors: [
          SESSION,
          collectorOf('data', { kind: 'Dir', items: 0, wallMs: 1 }),
          collectorOf('data/big', { kind: 'Dir', items: 0, wallMs: wallMs - 1, parent: 1 }),
          collectorOf('tests/test_cart.py'),
        ],
      }),
    },
  });

  test('at the threshold and below, the outermost folder is named', () => {
    expect(found(of(100))).toMatchObject([{ id: 'walks-in-vain', savesMs: 100, location: { path: 'data' } }]);
    expect(found(of(100))[0]?.fix).toContain('testpaths');
    expect(idsOf(of(99))).toEqual([]);
  });

  test('for pytest before 8 by the number of files', () => {
    const runs = { warm: runOf({ collectors: [SESSION, collectorOf('tests/test_cart.py')] }) };
    const project = (entries: number) => ({ vain: [{ path: `${ROOT}/data`, entries }] });
    expect(found({ runs, project: project(2000) })).toMatchObject([
      { id: 'walks-in-vain', certainty: 'likely' },
    ]);
    expect(idsOf({ runs, project: project(1999) })).toEqual([]);
  });
});

describe('slow file systems', () => {
  const mount = { type: 'virtiofs', point: '/work', source: 'share' };
  const collectors = [SESSION, ...Array.from({ length: 99 }, (_, at) => collectorOf(`tests/test_${at}.py`))];

  test('at the threshold and below', () => {
    const of = (us: number, machine = machineOf({ mount, statMicroseconds: us })) => ({
      runs: { warm: runOf({ collectors }) },
      machine,
    });
    expect(found(of(50))).toMatchObject([{ id: 'slow-file-system', fix: expect.stringContaining('volume') }]);
    expect(idsOf(of(49))).toEqual([]);
  });
});

test('one stop of the machine makes no cause', () => {
  const phases = phasesOf({ unconfigure: 400 }).map((phase) =>
    phase.name === 'unconfigure' ? { ...phase, cpuMs: 30 } : phase,
  );
  const run = runOf({
    phases,
    imports: [importOf('pandas', { wallMs: 190, cpuMs: 20 })],
    conftests: [
      { path: `${ROOT}/conftest.py`, atMs: 210, wallMs: 190, cpuMs: 40, memoryBytes: 0, failed: false },
    ],
  });
  expect(idsOf({ runs: { warm: run } })).toEqual([]);
});
