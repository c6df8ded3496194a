import type { FigureChange } from './profile-comparison.ts';

/** What became of a figure, `chance` being what two runs of the same thing may differ by. */
export function figureChange(before: number, after: number, chance: number): FigureChange {
  const ratio = before === after ? 1 : before === 0 ? Number.MAX_VALUE : after / before;
  const conclusion = ratio > chance ? 'more' : ratio < 1 / chance ? 'less' : 'cannot-tell';
  return { before, after, ratio, chance, conclusion };
}
