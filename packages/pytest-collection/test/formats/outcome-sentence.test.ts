import { expect, it } from 'vitest';
import { outcomeSentence } from '../../src/formats/outcome-sentence.ts';
import type { CollectionOutcome } from '../../src/model/collection-outcome.ts';
import { aProfile } from './a-profile.ts';

const at = { phase: 'collect', path: '/code/shop/tests/test_a.py', importing: 'pandas', atMs: 3210 } as const;
const during = 'while it imported pandas for tests/test_a.py, 3.21 s after the start';

const cases: readonly (readonly [CollectionOutcome, tone: string, text: string])[] = [
  [{ kind: 'finished' }, 'good', '1,200 tests in 12 files'],
  [
    {
      kind: 'errors',
      errors: [{ nodeId: 'a', type: 'ImportError', message: 'm', traceback: 't' }],
    },
    'bad',
    '1 file could not be collected',
  ],
  [{ kind: 'nothing-collected', deselected: 0 }, 'poor', 'No tests were found'],
  [{ kind: 'nothing-collected', deselected: 7 }, 'poor', 'No tests are left: all 7 were deselected'],
  [{ kind: 'interrupted', by: 'SIGINT', at }, 'poor', `Interrupted by SIGINT ${during}`],
  [
    { kind: 'timed-out', afterMs: 60_000, at, stacks: [], waitsFor: 'connect to 127.0.0.1:5432' },
    'bad',
    `Not finished after 1 min: it hung ${during}`,
  ],
  [
    { kind: 'killed-for-memory', by: 'own-limit', at, limitBytes: 256e6 },
    'bad',
    `Killed for memory by the limit of 244.1 MiB that it ran under ${during}`,
  ],
  [
    { kind: 'killed-for-memory', by: 'host', at },
    'bad',
    `Killed for memory because the machine had none left ${during}`,
  ],
  [
    { kind: 'killed-for-memory', by: 'own-limit', at, limitBytes: 256e6, hit: 'child' },
    'bad',
    `A child process was killed for memory by the limit of 244.1 MiB that it ran under ${during}`,
  ],
  [
    { kind: 'killed-for-memory', by: 'own-limit', at: { phase: 'collect', atMs: 9 }, hit: 'child' },
    'bad',
    'A child process was killed for memory by the limit that it ran under while files were collected',
  ],
  [
    {
      kind: 'killed-for-memory',
      by: 'address-space-limit',
      at: { phase: 'collect', path: '/code/shop/tests/test_a.py', atMs: 20 },
      limitBytes: 256e6,
      raisedAt: { path: '/code/shop/shop/big.py', line: 4 },
      said: ['MemoryError'],
    },
    'bad',
    'Out of memory by the limit of 244.1 MiB on its address space at shop/big.py:4 in tests/test_a.py, 20 ms after the start',
  ],
  [
    { kind: 'killed-for-memory', by: 'guard', at },
    'bad',
    `Ended for its memory by the memory guard ${during}`,
  ],
  [
    { kind: 'timed-out', afterMs: 60_000, at, stacks: [], waitsFor: 'nothing: it computes' },
    'bad',
    `Not finished after 1 min: it was still computing ${during}`,
  ],
  [
    { kind: 'timed-out', afterMs: 3_300, at, stacks: [] },
    'bad',
    `Not finished after 3.3 s: it was still at work ${during}`,
  ],
  [
    { kind: 'vanished', exitCode: 127, at, pipe: 'nosuchcommand' },
    'bad',
    `pytest did not come to its end: it was last heard of ${during}`,
  ],
  [
    { kind: 'not-recorded', exitCode: 0, at, why: 'no space left on device (/tmp/x)' },
    'bad',
    `How pytest ended is not known: what it was last heard of is ${during}`,
  ],
  [{ kind: 'crashed', signal: 'SIGSEGV', at, stacks: [] }, 'bad', `Crashed by SIGSEGV ${during}`],
  [
    { kind: 'vanished', exitCode: 0, at: { phase: 'modify', atMs: 20 } },
    'bad',
    'Python was ended with exit code 0 before pytest came to its end in the hooks on the collected tests, 20 ms after the start',
  ],
  [{ kind: 'usage-error', message: 'm' }, 'bad', 'pytest refused its arguments or settings'],
  [
    { kind: 'plugin-failure', message: 'm', path: '/code/shop/conftest.py' },
    'bad',
    'A plugin or conftest failed: conftest.py',
  ],
  [{ kind: 'no-pytest', message: 'm' }, 'bad', 'pytest could not be started'],
];

it.each(cases)('%j', (outcome, tone, text) => {
  expect(outcomeSentence(aProfile({ outcome }))).toMatchObject({ tone, text });
});

it('tells what a hang waits for, and a message of pytest', () => {
  const details = (outcome: CollectionOutcome): readonly string[] =>
    outcomeSentence(aProfile({ outcome })).details;
  expect(details({ kind: 'timed-out', afterMs: 1, at, stacks: [], waitsFor: 'a lock' })).toEqual([
    'It waits for a lock',
  ]);
  expect(details({ kind: 'no-pytest', message: 'No module named pytest' })).toEqual([
    'No module named pytest',
  ]);
  expect(details({ kind: 'finished' })).toEqual(['4 more tests deselected']);
});

it.each<readonly [CollectionOutcome, details: readonly string[]]>([
  [{ kind: 'vanished', exitCode: 0, at }, ['Something calls os._exit, or the like, while it is imported']],
  [
    { kind: 'vanished', exitCode: 0, at: { phase: 'unconfigure', atMs: 1 } },
    [
      'Something calls os._exit, or the like, in a hook of that phase, such as pytest_sessionfinish, pytest_unconfigure, pytest_terminal_summary',
    ],
  ],
  [
    { kind: 'vanished', exitCode: 0, at: { phase: 'exit', atMs: 1 } },
    ['Something calls os._exit, or the like, in phase exit'],
  ],
  [
    { kind: 'vanished', exitCode: 127, at, pipe: 'nosuchcommand' },
    ['The pipe could not be started: `nosuchcommand` (exit code 127: no such command)'],
  ],
  [
    { kind: 'vanished', exitCode: 0, at, pipe: 'head -c 1' },
    [
      "Its output went through `head -c 1`, which ended with exit code 0: that is not pytest's",
      'A pipe that ends before it has read everything breaks pytest; or something calls os._exit, or the like',
    ],
  ],
  [{ kind: 'timed-out', afterMs: 60_000, at, stacks: [], waitsFor: 'nothing: it computes' }, []],
  [
    {
      kind: 'timed-out',
      afterMs: 60_000,
      at: { phase: 'exit', atMs: 1 },
      waitsFor: 'a lock',
      stacks: [{ thread: 'main', frames: [{ path: '/lib/threading.py', line: 1, function: '_shutdown' }] }],
    },
    ['It waits for threads that were started and never ended'],
  ],
  [
    {
      kind: 'killed-for-memory',
      by: 'guard',
      at,
      said: ['memory guard: 90 %', 'the threshold is 9 MiB'],
      advice: 'raise it',
    },
    ['memory guard: 90 %', 'the threshold is 9 MiB', 'It advises: raise it'],
  ],
  [
    {
      kind: 'plugin-failure',
      message: 'OSError: [Errno 9] Bad file descriptor',
      path: '/code/shop/conftest.py',
    },
    [
      'OSError: [Errno 9] Bad file descriptor',
      'Descriptors were closed that pytest itself uses, while or after that file was executed (os.close, os.closerange)',
    ],
  ],
])('what else is known of %j', (outcome, details) => {
  expect(outcomeSentence(aProfile({ outcome })).details).toEqual(details);
});
