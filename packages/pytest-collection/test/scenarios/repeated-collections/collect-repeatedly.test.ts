import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import type { Environment, Workspace } from '@seaworthy/scenario';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { collectRepeatedly } from '../../../src/scenarios/repeated-collections/collect-repeatedly.ts';
import type { RepetitionOptions } from '../../../src/scenarios/repeated-collections/collect-repeatedly.ts';
import { failureOf, heavyGrowth } from '../../../src/scenarios/repeated-collections/retention.ts';
import {
  NO_CODE,
  PLUGIN,
  testsWithCode,
} from '../../../src/scenarios/repeated-collections/tests-with-code.ts';
import type { AddedCode } from '../../../src/scenarios/repeated-collections/tests-with-code.ts';
import { oldestAndNewest } from '../../interpreters/pytest-pairs.ts';
import type { PytestPair } from '../../interpreters/pytest-pairs.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';

const MB = 1_000_000;

afterEach(() => vi.unstubAllEnvs());

/** Collects 6 files with 5 tests each, twice after a first time. */
async function repeat(
  pytest: PytestPair | undefined,
  code: Partial<AddedCode> = {},
  change: Partial<RepetitionOptions> = {},
  signal: AbortSignal = new AbortController().signal,
) {
  await using workspace = await openWorkspace();
  const environment = environmentWithPytest(pytest?.major ?? 9, workspace.folder);
  const python = pytest === undefined ? {} : { python: pythonOf(pytest) };
  const context = contextOf(workspace, { ...environment, ...python }, signal);
  const spec = { kind: 'simple', files: 6, tests: 5 } as const;
  const { root, modules } = await testsWithCode(spec, { ...NO_CODE, ...code }, context);
  return await collectRepeatedly(
    {
      root,
      modules,
      witness: 'resident',
      warmUp: 1,
      rounds: 2,
      payload: 0,
      bytecodeFolder: await workspace.makeFolder('bytecode'),
      timeoutMs: 120_000,
      ...change,
    },
    context,
  );
}

const pythonOf = ({ python, version }: PytestPair) => ({
  executable: python,
  version: `${version}.0`,
  implementation: 'CPython',
});

const contextOf = (workspace: Workspace, environment: Environment, signal: AbortSignal) => ({
  environment,
  workspace,
  signal,
  seed: 1,
  progress: () => {},
});

describe('collectRepeatedly', () => {
  it.each(oldestAndNewest())('collects all tests each time with pytest $major on $version', async (pair) => {
    const repeated = await repeat(pair, {}, { payload: 200_000 });
    expect(failureOf(repeated, 30)).toBeUndefined();
    expect(repeated.rounds).toHaveLength(2);
    expect(repeated.start).toBeGreaterThan(10 * MB);
    const { held, kept } = heavyGrowth(repeated) ?? { held: 0, kept: 0 };
    expect(held).toBeGreaterThan(5.9 * MB);
    expect(held).toBeLessThan(15 * MB);
    expect(kept).toBeLessThan(held + MB);
    const tests = repeated.heavy?.curve.map((point) => point.tests) ?? [];
    expect(tests.at(-1)).toBe(30);
    expect(tests).toEqual([...tests].sort((left, right) => left - right));
    // pytest 6 keeps the last session in a cache; later ones keep no test after its session.
    const cache = 'the cache of _pytest.config.PytestPluginManager._getconftestmodules';
    expect(repeated.heavy?.survivors).toEqual(
      pair.major === 6 ? { count: 30, heldBy: [cache] } : { count: 0, heldBy: [] },
    );
  });

  it('names the list that a plugin keeps tests in', async () => {
    const plugin = 'kept = []\n\n\ndef pytest_sessionfinish(session):\n    kept.append(session)\n';
    const { heavy } = await repeat(undefined, { plugin }, { payload: 200_000 });
    expect(heavy?.survivors).toEqual({ count: 30, heldBy: [`list ${PLUGIN}.kept`] });
  });

  it('names the line that grows, when it is traced', async () => {
    const plugin = 'kept = []\n\n\ndef pytest_sessionfinish():\n    kept.append(b"x" * 300_000)\n';
    const { lines, types } = await repeat(undefined, { plugin }, { witness: 'traced' });
    expect(lines[0]).toMatchObject({ line: 5, objects: 2 });
    expect(lines[0]?.path.endsWith(`${PLUGIN}.py`)).toBe(true);
    expect(lines[0]?.bytes).toBeGreaterThanOrEqual(600_000);
    expect(types.every(({ objects }) => objects > 0)).toBe(true);
  });

  it('loads a conftest anew each time', async () => {
    const conftest =
      'import sys\n\nloaded = []\nloaded.append(1)\nassert "conftest_was_here" not in sys.modules\n';
    expect(failureOf(await repeat(undefined, { conftest }), 30)).toBeUndefined();
  });

  it('is not confused by what is printed, and by descriptors that are closed', async () => {
    const conftest =
      'import os\nprint("not JSON")\nos.write(1, b"not JSON either")\n\n\ndef pytest_sessionfinish():\n    os.write(1, b"{")\n';
    expect(failureOf(await repeat(undefined, { conftest }), 30)).toBeUndefined();
  });

  it('tells of collections that fail', async () => {
    const errors = await repeat(undefined, { conftest: 'raise RuntimeError("broken")\n' });
    expect(failureOf(errors, 30)).toMatch(/^collection 1 did not come to its end/);
    const lost = await repeat(undefined, { conftest: 'collect_ignore_glob = ["*/test_cargo_03.py"]\n' });
    expect(failureOf(lost, 30)).toBe('collection 1 found 25 tests instead of 30');
  });

  it('tells how a process ended that gave no answer', async () => {
    const gone = await repeat(undefined, { conftest: 'import os\n\nos._exit(7)\n' });
    expect(gone.error).toEqual({
      type: 'NoAnswer',
      message: 'the process ended with exit code 7 and no answer',
    });
    const late = await repeat(
      undefined,
      { conftest: 'import time\ntime.sleep(600)\n' },
      { timeoutMs: 3_000 },
    );
    expect(late.error?.message).toMatch(/^the process gave no answer within 3000 ms/);
  });

  it('ends when it is told to', async () => {
    await using workspace = await openWorkspace();
    const marker = join(workspace.folder, 'begun');
    const conftest = `import time\nopen(${JSON.stringify(marker)}, "w").close()\ntime.sleep(600)\n`;
    const control = new AbortController();
    const running = repeat(undefined, { conftest }, {}, control.signal);
    const rejected = expect(running).rejects.toThrow('enough');
    await expect.poll(() => existsSync(marker), { timeout: 50_000 }).toBe(true);
    control.abort(new Error('enough'));
    await rejected;
  });

  it('leaves nothing of the tests in their folder', async () => {
    await using workspace = await openWorkspace();
    const signal = new AbortController().signal;
    const context = contextOf(workspace, environmentWithPytest(9, workspace.folder), signal);
    const spec = { kind: 'simple', files: 3, tests: 1 } as const;
    const code = { ...NO_CODE, conftest: '# changed\n' };
    const first = await testsWithCode(spec, NO_CODE, context);
    const changed = await testsWithCode(spec, code, context);
    const again = await testsWithCode(spec, NO_CODE, context);
    expect(changed.root).not.toBe(first.root);
    expect(again).toEqual(first);
    expect(first.tests).toBe(3);
  });
});
