import { describe, expect, test } from 'vitest';
import type { CollectionOutcome } from '../../../src/model/collection-outcome.ts';
import { findCauses } from '../../../src/profile/find-causes.ts';
import { inputOf, ROOT, runOf } from '../hand-made.ts';

type TimedOut = Extract<CollectionOutcome, { kind: 'timed-out' }>;
type Frame = TimedOut['stacks'][number]['frames'][number];

const CART = `${ROOT}/tests/test_cart.py`;
const own = (path: string, line: number, name: string): Frame => ({
  path: `${ROOT}/${path}`,
  line,
  function: name,
});
const library = (path: string, name: string): Frame => ({
  path: `/usr/lib/python3.11/${path}`,
  line: 9,
  function: name,
});
const pluggy = library('site-packages/pluggy/_callers.py', '_multicall');

function causesOf(more: Partial<TimedOut>, frames: readonly Frame[] = [], others: TimedOut['stacks'] = []) {
  const outcome: TimedOut = {
    kind: 'timed-out',
    afterMs: 5000,
    at: { phase: 'collect', path: CART, atMs: 400 },
    stacks: frames.length === 0 ? [] : [{ thread: 'MainThread', frames }, ...others],
    ...more,
  };
  const { leftovers: _, ending: _ending, ...recording } = runOf().recording;
  const run = { ...runOf({}, { outcome }), recording };
  const sources = { [`${ROOT}/shop/a.py`]: 'import threading\ndef work():\n    from shop.a import DONE\n' };
  return findCauses(inputOf({ runs: { cold: run }, sources }));
}

const computes = { waitsFor: 'nothing: it computes' };

describe('a run that did not end', () => {
  test('a loop while a module is imported', () => {
    expect(causesOf(computes, [own('tests/test_cart.py', 3, '<module>')])).toMatchObject([
      {
        id: 'heavy-import',
        message:
          'did not end within 5 s: it computes at tests/test_cart.py:3 while tests/test_cart.py was collected',
        fix: expect.stringContaining('look for a loop there that has no end'),
        location: { path: 'tests/test_cart.py', line: 3 },
      },
    ]);
  });

  test('in a hook, that of a plugin as well', () => {
    const at = { phase: 'configure', atMs: 300 } as const;
    const frames = [
      library('threading.py', 'wait'),
      own('conftest.py', 3, 'connect'),
      own('conftest.py', 7, 'pytest_configure'),
      pluggy,
    ];
    expect(causesOf({ at, waitsFor: 'a lock' }, frames)).toMatchObject([
      {
        id: 'slow-hook',
        message: 'did not end within 5 s: blocked at conftest.py:3 in pytest_configure, waiting for a lock',
        fix: 'give what pytest_configure waits for a timeout, or do it in a fixture',
      },
    ]);
    const plugin = [
      library('socket.py', 'connect'),
      library('site-packages/remote.py', 'pytest_sessionstart'),
      pluggy,
    ];
    expect(causesOf({ at }, plugin)).toMatchObject([
      {
        id: 'slow-hook',
        message: 'did not end within 5 s: it stands still in phase configure in pytest_sessionstart',
      },
    ]);
    expect(
      causesOf({ at: { phase: 'modify', atMs: 1 }, ...computes }, [
        own('conftest.py', 3, 'pytest_collection_modifyitems'),
      ]),
    ).toMatchObject([
      { id: 'slow-hook', fix: expect.stringContaining('work that grows faster than the number of tests') },
    ]);
  });

  test('without stacks, what was imported', () => {
    expect(causesOf({})).toMatchObject([{ id: 'waits-at-import', location: { path: 'tests/test_cart.py' } }]);
    expect(causesOf({ at: { phase: 'collect', atMs: 400 } })).toEqual([]);
  });

  test('nothing is said of one that was slow all over, or that Python did not leave', () => {
    const frames = [own('tests/test_cart.py', 3, '<module>')];
    expect(causesOf({ at: { phase: 'collect', path: CART, atMs: 4900 } }, frames)).toEqual([]);
    expect(causesOf({ at: { phase: 'exit', atMs: 900 } }, [library('threading.py', '_shutdown')])).toEqual(
      [],
    );
  });

  test('a thread that needs the module which waits for it', () => {
    const frames = [library('threading.py', 'join'), own('shop/a.py', 6, '<module>')];
    const waits = [
      { path: '<frozen importlib._bootstrap>', line: 120, function: 'acquire' },
      { path: '<frozen importlib._bootstrap>', line: 224, function: '_lock_unlock_module' },
      own('shop/a.py', 3, 'work'),
    ];
    const of = (thread: string, theirs = waits) =>
      causesOf({ waitsFor: 'a lock' }, frames, [{ thread, frames: theirs }]);
    expect(of('loader')).toMatchObject([
      {
        id: 'import-deadlock',
        message:
          'did not end within 5 s: the import at shop/a.py:6 waits for the thread loader, which waits at shop/a.py:3 for a module that is still being imported: neither can go on',
        evidence: [
          'the main thread stands at shop/a.py:6 in <module>',
          'the thread loader stands at shop/a.py:3: from shop.a import DONE',
        ],
        location: { path: 'shop/a.py', line: 6 },
      },
    ]);
    expect(of('0x00007f12')[0]?.message).toContain('waits for a thread, which');
    expect(of('loader', [library('queue.py', 'get'), own('shop/a.py', 3, 'work')])).toMatchObject([
      { id: 'waits-at-import' },
    ]);
  });
});
