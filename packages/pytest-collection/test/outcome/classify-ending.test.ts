import { describe, expect, test } from 'vitest';
import type { CollectionError, PytestEnding } from '../../src/model/recording.ts';
import { classifyEnding } from '../../src/outcome/classify-ending.ts';
import { AT, anEnding, aRecording, usageWith } from './an-ending.ts';

const ERROR: CollectionError = {
  nodeId: 'test_a.py',
  path: '/p/test_a.py',
  type: 'ImportError',
  message: 'no',
  traceback: 'no',
};
const COUNTS = { hash: '', sortedHash: '', files: [] };
const ended = (ending: PytestEnding, changes = {}) =>
  anEnding({ recording: aRecording({ ending, ...changes }) });
const finished: PytestEnding = { kind: 'finished', status: 0 };

describe('what pytest says of its end', () => {
  test('finished', () => {
    expect(classifyEnding(ended(finished, { items: { ...COUNTS, found: 3, deselected: 1 } }))).toEqual({
      kind: 'finished',
    });
  });

  test('nothing collected, whatever a plugin made of the exit code', () => {
    const items = { ...COUNTS, found: 3, deselected: 3 };
    expect(classifyEnding(ended(finished, { items }))).toEqual({ kind: 'nothing-collected', deselected: 3 });
  });

  test('errors count more than tests that were found', () => {
    const items = { ...COUNTS, found: 3, deselected: 0 };
    const outcome = { kind: 'errors', errors: [ERROR] };
    expect(classifyEnding(ended({ kind: 'finished', status: 1 }, { items, errors: [ERROR] }))).toEqual(
      outcome,
    );
    const interrupted: PytestEnding = { kind: 'interrupted', status: 2, reason: '1 error during collection' };
    expect(classifyEnding(ended(interrupted, { errors: [ERROR] }))).toEqual(outcome);
    expect(classifyEnding(ended({ kind: 'stopped', status: 1 }, { errors: [ERROR] }))).toEqual(outcome);
  });

  test('Ctrl-C is told from errors although both exit with 2', () => {
    const interrupted: PytestEnding = { kind: 'interrupted', status: 2, reason: 'KeyboardInterrupt' };
    expect(classifyEnding(ended(interrupted, { errors: [ERROR] }))).toEqual({
      kind: 'interrupted',
      by: 'SIGINT',
      at: AT,
    });
    const by = { ...ended(interrupted), interruptedBy: 'SIGTERM' as const };
    expect(classifyEnding(by)).toMatchObject({ kind: 'interrupted', by: 'SIGTERM' });
  });

  test('Ctrl-C that pytest before 8 took for an error of a file', () => {
    const errors = [
      ERROR,
      { ...ERROR, type: 'KeyboardInterrupt', path: '/p/test_b.py', nodeId: 'test_b.py' },
    ];
    const outcome = { kind: 'interrupted', by: 'SIGINT', at: { path: '/p/test_b.py', nodeId: 'test_b.py' } };
    expect(classifyEnding(ended({ kind: 'finished', status: 1 }, { errors }))).toMatchObject(outcome);
    const stopped: PytestEnding = { kind: 'interrupted', status: 2, reason: '2 errors during collection' };
    expect(classifyEnding(ended(stopped, { errors }))).toMatchObject(outcome);
  });

  test('where it was counts as pytest saw it, not as it was while it cleaned up', () => {
    const at = { ...AT, path: '/p/test_b.py' };
    expect(classifyEnding(ended({ kind: 'interrupted', status: 2, at }))).toMatchObject({ at });
  });

  test('pytest.exit, with its reason and without', () => {
    const exit: PytestEnding = { kind: 'exit', status: 0, reason: 'enough' };
    expect(classifyEnding(ended(exit))).toMatchObject({ kind: 'interrupted', by: 'pytest.exit: enough' });
    expect(classifyEnding(ended({ kind: 'exit', status: 0 }))).toMatchObject({ by: 'pytest.exit' });
  });

  test('a usage error, unless a conftest is what failed', () => {
    const usage: PytestEnding = { kind: 'usage-error', status: 4, reason: 'unknown option' };
    expect(classifyEnding(ended(usage))).toEqual({ kind: 'usage-error', message: 'unknown option' });
    const conftest = { path: '/p/conftest.py', atMs: 1, wallMs: 1, cpuMs: 1, memoryBytes: 1, failed: true };
    expect(classifyEnding(ended(usage, { conftests: [conftest] }))).toEqual({
      kind: 'plugin-failure',
      message: 'unknown option',
      path: '/p/conftest.py',
    });
  });

  test('an internal error is blamed on the file that the recorder blames', () => {
    const traceback = '  File "/p/plugin.py", line 7, in pytest_configure';
    const ending: PytestEnding = {
      kind: 'internal-error',
      status: 3,
      reason: 'ValueError: x',
      traceback,
      raisedIn: '/p/plugin.py',
    };
    expect(classifyEnding(ended(ending))).toEqual({
      kind: 'plugin-failure',
      message: 'ValueError: x',
      traceback,
      path: '/p/plugin.py',
    });
  });
});

describe('an internal error in the standard library', () => {
  const traceback = (...paths: string[]) => paths.map((path) => `  File "${path}", line 1, in f`).join('\n');
  const library = '/usr/lib/python3.11/contextlib.py';
  const closed: PytestEnding = {
    kind: 'internal-error',
    status: 3,
    reason: 'OSError: [Errno 9] Bad file descriptor',
    raisedIn: library,
    traceback: traceback('/site/_pytest/capture.py', library),
  };
  const conftest = { atMs: 1, wallMs: 1, cpuMs: 1, memoryBytes: 1, failed: false };
  const conftests = ['/p/conftest.py', '/p/deep/conftest.py'].map((path) => ({ path, ...conftest }));

  test('is the fault of who called it', () => {
    const called = { ...closed, traceback: traceback('/site/_pytest/main.py', '/p/plugin.py', library) };
    expect(classifyEnding(ended(called, { conftests }))).toMatchObject({ path: '/p/plugin.py' });
    const installed = '/usr/lib/python3.11/site-packages/plugin.py';
    expect(
      classifyEnding(ended({ ...closed, raisedIn: installed, traceback: '' }, { conftests })),
    ).toMatchObject({ path: installed });
  });

  test('is that of the last conftest where descriptors were closed, and else of nobody', () => {
    expect(classifyEnding(ended(closed, { conftests }))).toMatchObject({ path: '/p/deep/conftest.py' });
    expect(classifyEnding(ended({ ...closed, reason: 'ValueError: x' }, { conftests }))).not.toHaveProperty(
      'path',
    );
  });
});

describe('what ended a run that pytest did not end', () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s: interrupted', (signal) => {
    const exit = { code: null, signal };
    expect(classifyEnding(anEnding({ exit }))).toEqual({ kind: 'interrupted', by: signal, at: AT });
  });

  test.each(['SIGSEGV', 'SIGABRT', 'SIGKILL'] as const)('%s: crashed, as a code of a shell too', (signal) => {
    const stacks = [{ thread: 'main', frames: [] }];
    const outcome = { kind: 'crashed', signal, at: AT, stacks };
    expect(classifyEnding(anEnding({ exit: { code: null, signal }, stacks }))).toEqual(outcome);
    const code = { SIGSEGV: 139, SIGABRT: 134, SIGKILL: 137 }[signal];
    expect(classifyEnding(anEnding({ exit: { code, signal: null }, stacks }))).toEqual(outcome);
  });

  test('a large exit code that pytest announced is no signal', () => {
    const recording = aRecording({ ending: { kind: 'exit', status: 137, reason: 'x' } });
    expect(classifyEnding(anEnding({ exit: { code: 137, signal: null }, recording })).kind).toBe(
      'interrupted',
    );
  });

  test('an interruption before Python came to itself, which then just fails', () => {
    const { python: _, ...recording } = aRecording();
    const exit = { code: 1, signal: null };
    expect(classifyEnding(anEnding({ exit, recording, interruptedBy: 'SIGINT' }))).toEqual({
      kind: 'interrupted',
      by: 'SIGINT',
      at: AT,
    });
    expect(classifyEnding(anEnding({ interruptedBy: 'SIGINT' })).kind).toBe('vanished');
  });

  test('nothing: vanished', () => {
    expect(classifyEnding(anEnding())).toEqual({ kind: 'vanished', exitCode: 0, at: AT });
  });

  test('a recording that could not be written to its end', () => {
    const why = 'no space left on device (/tmp/x)';
    const recording = aRecording({ incomplete: why });
    expect(classifyEnding(anEnding({ recording }))).toEqual({
      kind: 'not-recorded',
      exitCode: 0,
      at: AT,
      why,
    });
    const { python: _, ...nothing } = recording;
    expect(classifyEnding(anEnding({ recording: nothing })).kind).toBe('not-recorded');
    // What is known all the same
    const usage = usageWith({ host: 1 }, 'high-water-marks');
    expect(classifyEnding(anEnding({ recording, usage })).kind).toBe('not-recorded');
    const exit = { code: null, signal: 'SIGSEGV' as const };
    expect(classifyEnding(anEnding({ recording, exit })).kind).toBe('crashed');
  });

  test('behind a pipe the exit code is not that of Python', () => {
    const exit = { code: 127, signal: null };
    expect(classifyEnding(anEnding({ exit, pipe: 'nosuchcommand' }))).toEqual({
      kind: 'vanished',
      exitCode: 127,
      at: AT,
      pipe: 'nosuchcommand',
    });
  });

  test('no pytest, or no Python', () => {
    const { python, ...without } = aRecording();
    const recording = { ...without, python: python!, noPytest: 'No module named pytest' };
    expect(classifyEnding(anEnding({ recording }))).toEqual({
      kind: 'no-pytest',
      message: 'No module named pytest',
    });
    const exit = { code: 1, signal: null };
    expect(classifyEnding(anEnding({ exit, recording: without })).kind).toBe('no-pytest');
  });

  test.each([undefined, { bytes: 1, tier: 'address-space' as const }])(
    'an interpreter that could not be put where it was to run, under the limit %j',
    (limit) => {
      const { python: _python, ...recording } = aRecording();
      const exit = { code: 125, signal: null };
      const outcome = classifyEnding(
        anEnding({ exit, recording, ...(limit === undefined ? {} : { limit }) }),
      );
      expect(outcome).toMatchObject({
        kind: 'no-pytest',
        message: expect.stringContaining('could not be put into its cgroup') as string,
      });
    },
  );

  test('time: whatever it did when it was ended', () => {
    const timedOut = { afterMs: 5_000 };
    const stacks = [{ thread: 'main', frames: [] }];
    const outcome = { kind: 'timed-out', afterMs: 5_000, at: AT, stacks, waitsFor: 'a lock' };
    const exit = { code: null, signal: 'SIGKILL' as const };
    expect(classifyEnding(anEnding({ timedOut, stacks, waitsFor: 'a lock', exit }))).toEqual(outcome);
    const ending = { ...ended({ kind: 'interrupted', status: 2 }), timedOut };
    expect(classifyEnding(ending)).toEqual({ kind: 'timed-out', afterMs: 5_000, at: AT, stacks: [] });
  });
});

describe('killed for memory', () => {
  const limit = { bytes: 64, tier: 'cgroup-v1' as const };

  test('by the own limit, even where the exit code is 0 or time ran out afterwards', () => {
    const usage = usageWith({ own: 1, limitBytes: 64 });
    const outcome = {
      kind: 'killed-for-memory',
      by: 'own-limit',
      at: AT,
      limitBytes: 64,
      victim: 'pytest itself (pid 100)',
    };
    expect(classifyEnding(anEnding({ usage, limit }))).toEqual(outcome);
    expect(classifyEnding(anEnding({ usage, limit, timedOut: { afterMs: 1 } }))).toEqual(outcome);
  });

  test('a child, while pytest came to its end', () => {
    const ending = { ...ended(finished), usage: usageWith({ own: 1, limitBytes: 64 }), limit };
    expect(classifyEnding(ending)).toMatchObject({
      by: 'own-limit',
      victim: 'worker (pid 101)',
      hit: 'child',
      at: { phase: 'collect' },
    });
  });

  test('pytest itself, when it had come to its end and Python was exiting', () => {
    const usage = usageWith({ own: 1, limitBytes: 64 });
    const exit = { code: null, signal: 'SIGKILL' as const };
    const outcome = classifyEnding({ ...ended(finished), usage, limit, exit });
    expect(outcome).toMatchObject({ victim: 'pytest itself (pid 100)', at: AT });
    expect(outcome).not.toHaveProperty('hit');
  });

  test('by a limit around it, and by the machine', () => {
    expect(classifyEnding(anEnding({ usage: usageWith({ ancestors: 1, limitBytes: 99 }) }))).toMatchObject({
      by: 'ancestor-limit',
      limitBytes: 99,
    });
    expect(classifyEnding(anEnding({ usage: usageWith({ host: 1 }) }))).toMatchObject({ by: 'host' });
  });

  test('without a cgroup of its own a kill counts only where the run looks like its victim', () => {
    const usage = usageWith({ host: 1 }, 'high-water-marks');
    expect(
      classifyEnding({ ...ended(finished, { items: { ...COUNTS, found: 1, deselected: 0 } }), usage }),
    ).toEqual({
      kind: 'finished',
    });
    const killed = { code: null, signal: 'SIGKILL' as const };
    expect(classifyEnding(anEnding({ usage, exit: killed }))).toMatchObject({ by: 'host' });
    expect(classifyEnding(anEnding({ usage, exit: { code: 0, signal: null } }))).toMatchObject({
      by: 'host',
    });
    const broken = { code: null, signal: 'SIGSEGV' as const };
    expect(classifyEnding(anEnding({ usage, exit: broken })).kind).toBe('crashed');
  });

  test('out of address space, only where it was limited', () => {
    const memoryError = { ...ERROR, type: 'MemoryError', message: '', raisedIn: '/p/shop.py', line: 4 };
    const ending = ended({ kind: 'finished', status: 1 }, { errors: [memoryError] });
    const space = { bytes: 64, tier: 'address-space' as const };
    expect(classifyEnding({ ...ending, limit: space })).toEqual({
      kind: 'killed-for-memory',
      by: 'address-space-limit',
      at: { phase: 'collect', path: '/p/test_a.py', nodeId: 'test_a.py', atMs: 900 },
      raisedAt: { path: '/p/shop.py', line: 4 },
      said: ['MemoryError'],
      limitBytes: 64,
    });
    expect(classifyEnding({ ...ending, limit }).kind).toBe('errors');
    const other = ended({ kind: 'finished', status: 1 }, { errors: [ERROR] });
    expect(classifyEnding({ ...other, limit: space }).kind).toBe('errors');
  });

  test('by our guard, known by its mark or by its reason', () => {
    expect(classifyEnding(anEnding({ guardReason: 'memory guard: 90 %' }))).toEqual({
      kind: 'killed-for-memory',
      by: 'guard',
      at: AT,
      said: ['memory guard: 90 %'],
    });
    const reason = 'memory guard: 90 % of 1 GiB';
    expect(classifyEnding(ended({ kind: 'exit', status: 86, reason }))).toMatchObject({ by: 'guard' });
  });
});
