import { expect, it } from 'vitest';
import { outcomeSentence } from '../../src/formats/outcome-sentence.ts';
import type { CollectionOutcome } from '../../src/model/collection-outcome.ts';
import { aProfile } from './a-profile.ts';

const at = { phase: 'collect', path: '/work/shop/tests/test_a.py', importing: 'pandas', atMs: 3210 } as const;
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
  [{ kind: 'crashed', signal: 'SIGSEGV', at, stacks: [] }, 'bad', `Crashed by SIGSEGV ${during}`],
  [
    { kind: 'vanished', exitCode: 0, at: { phase: 'modify', atMs: 20 } },
    'bad',
    'Python was ended with exit code 0 before pytest came to its end in the hooks on the collected tests, 20 ms after the start',
  ],
  [{ kind: 'usage-error', message: 'm' }, 'bad', 'pytest refused its arguments or settings'],
  [
    { kind: 'plugin-failure', message: 'm', path: '/work/shop/conftest.py' },
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
