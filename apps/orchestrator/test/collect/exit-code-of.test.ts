import type { CollectionComparison, CollectionOutcome, StateComparison } from '@seaworthy/pytest-collection';
import { expect, test } from 'vitest';
import { exitCodeOfComparison, exitCodeOfOutcome } from '../../src/collect/exit-code-of.ts';

test.each<[CollectionOutcome['kind'], number]>([
  ['finished', 0],
  ['errors', 1],
  ['nothing-collected', 1],
  ['interrupted', 1],
  ['timed-out', 1],
  ['killed-for-memory', 1],
  ['crashed', 1],
  ['vanished', 1],
  ['plugin-failure', 1],
  ['usage-error', 2],
  ['no-pytest', 3],
])('a collection that came to %s', (kind, code) => {
  expect(exitCodeOfOutcome({ kind })).toBe(code);
});

function compared(
  ...states: readonly [StateComparison['conclusion'], StateComparison['memoryConclusion']][]
): CollectionComparison {
  const [cold, warm] = states.map(([conclusion, memoryConclusion]) => ({ conclusion, memoryConclusion }));
  return { kind: 'compared', cold, warm } as unknown as CollectionComparison;
}

test.each<[ReturnType<typeof compared>, number]>([
  [compared(['same', 'same'], ['faster', 'lighter']), 0],
  [compared(['cannot-tell', 'cannot-tell']), 0],
  [compared(['same', 'same'], ['slower', 'same']), 1],
  [compared(['faster', 'heavier']), 1],
  [compared(), 0],
])('only what is certain is worse (%#)', (comparison, code) => {
  expect(exitCodeOfComparison(comparison)).toBe(code);
});

test('what cannot be compared is no success', () => {
  expect(exitCodeOfComparison({ kind: 'not-comparable', a: 'x', b: 'y', differences: [] })).toBe(1);
});
