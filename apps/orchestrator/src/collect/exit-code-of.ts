import type { CollectionComparison, CollectionOutcome, StateComparison } from '@seaworthy/pytest-collection';
import { EXIT } from '../exit-code.ts';

/** What the end of a collection means for whoever started it. */
export function exitCodeOfOutcome({ kind }: Pick<CollectionOutcome, 'kind'>): number {
  switch (kind) {
    case 'finished':
      return EXIT.passed;
    case 'usage-error':
      return EXIT.usage;
    case 'no-pytest':
      return EXIT.environment;
    default:
      return EXIT.failed;
  }
}

/** Only what the interleaved runs are sure of counts: a difference that they cannot tell is none. */
export function exitCodeOfComparison(comparison: CollectionComparison): number {
  if (comparison.kind === 'not-comparable') return EXIT.failed;
  const states = [comparison.cold, comparison.warm].filter((state) => state !== undefined);
  return states.some(isWorse) ? EXIT.failed : EXIT.passed;
}

function isWorse({ conclusion, memoryConclusion }: StateComparison): boolean {
  return conclusion === 'slower' || memoryConclusion === 'heavier';
}
