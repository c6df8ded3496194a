import { fitGrowth } from '../../growth/fit-growth.ts';
import type { Growth } from '../../growth/growth.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { theilSen } from '../../statistics/theil-sen.ts';
import type { RepeatedCollections } from './repeated-collections.ts';

/** What one more collection leaves behind, bytes; `undefined` where the system does not tell resident memory. */
export function retainedPerRound({ rounds }: RepeatedCollections): Estimate | undefined {
  const points = rounds.flatMap(({ retained }, i) => (retained === null ? [] : [{ x: i + 1, y: retained }]));
  return points.length < 2 ? undefined : theilSen(points);
}

/** How what stays grows with the number of collections. */
export function growthOverRounds({ rounds }: RepeatedCollections, tolerance: number): Growth | undefined {
  const points = rounds.flatMap(({ retained }, i) =>
    retained === null ? [] : [{ size: i + 1, value: retained }],
  );
  return points.length === 0 ? undefined : fitGrowth(points, { tolerance });
}

/** How memory grows with the number of tests while they are collected with their data. */
export function growthWithTests({ heavy }: RepeatedCollections, tolerance: number): Growth | undefined {
  const points = (heavy?.curve ?? []).flatMap(({ tests, bytes }) =>
    bytes === null ? [] : [{ size: tests, value: bytes }],
  );
  return points.length === 0 ? undefined : fitGrowth(points, { tolerance });
}

/** Bytes that the tests with their data took, and bytes that stayed of it. */
export function heavyGrowth({
  heavy,
}: RepeatedCollections): { readonly held: number; readonly kept: number } | undefined {
  if (heavy === null) return undefined;
  const { before, held, retained } = heavy;
  if (before === null || held === null || retained === null) return undefined;
  return { held: held - before, kept: retained - before };
}

/** Why a collection, or another one of the same, did not do what the first one did; nothing where all did. */
export function failureOf(
  { rounds, heavy, error }: RepeatedCollections,
  expected: number,
): string | undefined {
  if (error !== null) return `${error.type}: ${error.message}`;
  for (const [i, round] of [...rounds, ...(heavy === null ? [] : [heavy])].entries()) {
    const which = `collection ${i + 1}`;
    if (round.errors > 0) return `${which} had ${round.errors} errors`;
    if (round.tests === null)
      return `${which} did not come to its end: pytest's exit status is ${round.status}`;
    if (round.tests !== expected) return `${which} found ${round.tests} tests instead of ${expected}`;
    if (round.status !== 0) return `${which} ended with exit status ${round.status}`;
  }
  return undefined;
}
