import { describe, expect, test } from 'vitest';
import type { CollectionOutcome } from '../../../src/model/collection-outcome.ts';
import { findCauses } from '../../../src/profile/find-causes.ts';
import { throughPipe } from '../../../src/run/through-pipe.ts';
import { inputOf, type InputOptions, recordingOf, ROOT, runOf } from '../hand-made.ts';

type Killed = Extract<CollectionOutcome, { kind: 'killed-for-memory' }>;

const found = (options: InputOptions) => findCauses(inputOf(options));
const idsOf = (options: InputOptions) => found(options).map(({ id }) => id);
const CART = `${ROOT}/tests/test_cart.py`;
const COMMAND = ['/usr/bin/python3', 'collect_main.py'] as const;
const died = (): ReturnType<typeof recordingOf> => {
  const { ending: _, leftovers: _left, ...recording } = recordingOf();
  return recording;
};
const killed = (more: Partial<Killed>): Killed => ({
  kind: 'killed-for-memory',
  by: 'own-limit',
  at: { phase: 'collect', path: CART, atMs: 500 },
  ...more,
});

/** As `runOf`, of a pytest that never came to its end. */
function brokenRun(outcome: CollectionOutcome, command: readonly string[] = COMMAND) {
  return { ...runOf({}, { outcome, command, exit: { code: 0, signal: null } }), recording: died() };
}

describe('killed for memory', () => {
  test('a child: where pytest was meanwhile, and why the exit code is 0; nothing hides it', () => {
    const run = runOf({}, { outcome: killed({ hit: 'child', victim: 'worker (pid 9)' }) });
    expect(found({ runs: { cold: run } })).toMatchObject([
      {
        id: 'killed-for-memory',
        message: 'a child process was killed by its memory limit, while tests/test_cart.py was collected',
        evidence: [
          "the kernel's counter of kills for memory rose during the run (own-limit)",
          'the process killed: worker (pid 9)',
          'pytest itself survived and came to its end',
          'the exit code is 0: what started the child does not heed how it ended (subprocess.run without check=True, say)',
        ],
        fix: expect.stringContaining('let the child that tests/test_cart.py starts hold less'),
        location: { path: 'tests/test_cart.py' },
      },
    ]);
  });

  test('a child, nobody knows when: no place', () => {
    const at = { phase: 'collect', atMs: 1000 } as const;
    const [cause] = found({ runs: { cold: runOf({}, { outcome: killed({ hit: 'child', at }) }) } });
    expect(cause?.message).toBe('a child process was killed by its memory limit, while tests were collected');
    expect(cause).not.toHaveProperty('location');
  });

  test('a worker of xdist', () => {
    const pytest = { ...recordingOf().pytest!, args: ['-n', '4'] };
    const run = runOf({ pytest }, { outcome: killed({ hit: 'child' }) });
    expect(found({ runs: { cold: run } })[0]?.fix).toMatch(
      /^start fewer workers \(-n\), or give it more memory/,
    );
  });

  test('in a hook: whose code may have run', () => {
    const conftest = {
      path: `${ROOT}/conftest.py`,
      atMs: 1,
      wallMs: 1,
      cpuMs: 1,
      memoryBytes: 1,
      failed: false,
    };
    const outcome = killed({ at: { phase: 'modify', atMs: 800 } });
    const run = { ...brokenRun(outcome), recording: { ...died(), conftests: [conftest] } };
    const sources = {
      [conftest.path]: 'import os\n\n\ndef pytest_collection_modifyitems(items):\n    pass\n',
    };
    expect(found({ runs: { cold: run }, sources })[0]).toMatchObject({
      message: expect.stringContaining('in phase modify (the hook pytest_collection_modifyitems)'),
      evidence: expect.arrayContaining([
        'pytest_collection_modifyitems in conftest.py:4 is among the hooks of that phase',
      ]),
      location: { path: 'conftest.py', line: 4 },
    });
    const other = { [conftest.path]: 'def pytest_configure(config): pass\n' };
    expect(found({ runs: { cold: run }, sources: other })[0]).not.toHaveProperty('location');
  });

  test('an allocation that failed for want of address space: its line, and no counter of the kernel', () => {
    const outcome = killed({
      by: 'address-space-limit',
      raisedAt: { path: `${ROOT}/shop/big.py`, line: 4 },
      said: ['MemoryError'],
      limitBytes: 2 ** 29,
    });
    const run = runOf({}, { outcome, exit: { code: 2, signal: null } });
    expect(found({ runs: { cold: run } })).toEqual([
      {
        id: 'killed-for-memory',
        message:
          'out of memory by its limit of address space of 512 MiB, at shop/big.py:4 while tests/test_cart.py was collected',
        certainty: 'certain',
        evidence: [
          'an allocation failed: MemoryError',
          'such a limit kills no process: what asks for more is refused',
        ],
        fix: 'give it more address space (`ulimit -v`)',
        location: { path: 'shop/big.py', line: 4 },
      },
    ]);
  });

  test('the guard: its own words and its threshold', () => {
    const said = [
      'memory guard: 115 MiB of 128 MiB (90 %) in use',
      'limit: 128 MiB; the threshold is 115.2 MiB',
    ];
    const advice = 'move what a.py allocates while it is imported into a fixture, or raise the limit';
    const of = (more: Partial<Killed>) =>
      found({ runs: { cold: brokenRun(killed({ by: 'guard', said, ...more })) } })[0];
    expect(of({ advice })).toMatchObject({
      message: 'ended by the memory guard, while tests/test_cart.py was collected',
      evidence: said,
      fix: `${advice}; or raise --memory-guard (now 115.2 MiB)`,
    });
    expect(of({})?.fix).toMatch(/^move what is allocated .*; or raise --memory-guard \(now 115\.2 MiB\)$/);
  });
});

describe('an exit code that is 0 although the run failed', () => {
  const fixOf = (run: ReturnType<typeof runOf>) =>
    found({ runs: { cold: run } }).find(({ id }) => id === 'hidden-exit-code')?.fix;

  test('by a pipe', () => {
    const piped = throughPipe(COMMAND, 'tail -3');
    expect(idsOf({ runs: { cold: brokenRun(killed({}), piped) } })).toEqual([
      'killed-for-memory',
      'hidden-exit-code',
    ]);
    expect(fixOf(brokenRun(killed({}), piped))).toContain(
      'pipefail` where pytest is piped into another program (here `tail -3`)',
    );
  });

  test('without a pipe no pipe is blamed', () => {
    expect(fixOf(brokenRun(killed({})))).toBe(
      'let the script that starts the interpreter hand on its exit code, and use no `|| true`',
    );
    const errors: CollectionOutcome = { kind: 'errors', errors: [] };
    const exit = { code: 0, signal: null };
    const of = (status: number) => runOf({ ending: { status, kind: 'finished' } }, { outcome: errors, exit });
    expect(fixOf(of(2))).toContain('look for what changes the exit code after pytest');
    expect(fixOf(of(0))).toContain('session.exitstatus');
  });

  test('by os._exit: in a hook of its last phase, or in what was imported', () => {
    const conftest = {
      path: `${ROOT}/conftest.py`,
      atMs: 1,
      wallMs: 1,
      cpuMs: 1,
      memoryBytes: 1,
      failed: false,
    };
    const vanished: CollectionOutcome = { kind: 'vanished', exitCode: 0, at: { phase: 'report', atMs: 900 } };
    const run = { ...brokenRun(vanished), recording: { ...died(), conftests: [conftest] } };
    const sources = { [conftest.path]: 'import os\ndef pytest_sessionfinish(): os._exit(0)\n' };
    expect(found({ runs: { cold: run }, sources })).toMatchObject([
      {
        id: 'hidden-exit-code',
        fix: expect.stringContaining('`pytest_sessionfinish`'),
        location: { path: 'conftest.py', line: 2 },
      },
    ]);
    const imported = { ...vanished, at: { phase: 'collect', path: CART, atMs: 1 } as const };
    expect(fixOf(brokenRun(imported))).toContain('in what was executed last');
  });

  test('is no cause where it is not 0', () => {
    const errors: CollectionOutcome = { kind: 'errors', errors: [] };
    expect(
      idsOf({ runs: { warm: runOf({}, { outcome: errors, exit: { code: 2, signal: null } }) } }),
    ).toEqual([]);
  });
});

test('close to a limit of memory nothing is said to wait', () => {
  const waiting = {
    path: `${ROOT}/conftest.py`,
    atMs: 1,
    wallMs: 900,
    cpuMs: 9,
    memoryBytes: 1,
    failed: false,
  };
  const of = (outcome: CollectionOutcome) =>
    idsOf({ runs: { cold: runOf({ conftests: [waiting] }, { outcome }) } });
  expect(of({ kind: 'finished' })).toContain('waits-at-import');
  expect(of(killed({ hit: 'child' }))).not.toContain('waits-at-import');
});

test('forks of pytest that are left are not told by our own command line', () => {
  const fork = '/usr/bin/python3 /x/collect_main.py --rows /tmp/rows --detail files --invocation pytest --';
  expect(found({ runs: { warm: runOf({}, { leftBehind: [fork, fork, 'sleep 60'] }) } })).toMatchObject([
    {
      id: 'leftover-child',
      message: 'collection leaves 3 processes behind: a fork of pytest itself; sleep 60',
    },
  ]);
});
