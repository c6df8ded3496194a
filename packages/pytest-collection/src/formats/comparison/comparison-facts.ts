import type { CollectionComparison } from '../../compare/collection-comparison.ts';
import type { ProfileComparison } from '../../compare/profile-comparison.ts';
import type { TestDifference } from '../../compare/test-difference.ts';
import { interleavedFacts } from './interleaved-facts.ts';
import { profileChangeFacts } from './profile-change-facts.ts';

/** Either kind of comparison: of runs made for it, or of saved profiles. */
export type AnyComparison = CollectionComparison | ProfileComparison;

/** What there is to say about a comparison, whatever its kind and the format. Texts are not yet escaped. */
export interface ComparisonFacts {
  readonly title: string;
  /** Names of the two columns. */
  readonly heads: readonly [string, string];
  readonly verdicts: readonly { readonly tone: 'good' | 'poor' | 'bad'; readonly text: string }[];
  readonly rows: readonly FigureRow[];
  /** What changed in which part, of saved profiles. */
  readonly groups: readonly {
    readonly title: string;
    readonly noun: string;
    readonly changes: readonly {
      readonly name: string;
      readonly before: string;
      readonly after: string;
      readonly clock: 'cpu' | 'wall';
      readonly change: string;
      readonly memory: string;
      readonly certainty: string;
    }[];
  }[];
  readonly notes: readonly string[];
  /** Why nothing can be compared. */
  readonly differences?: readonly TestDifference[];
}

export interface FigureRow {
  readonly group: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly range: string;
  readonly conclusion: 'less' | 'more' | 'same' | 'cannot-tell';
}

export function comparisonFacts(comparison: AnyComparison): ComparisonFacts {
  if (comparison.kind === 'not-comparable') {
    const [a, b] = 'a' in comparison ? [comparison.a, comparison.b] : ['before', 'after'];
    return {
      title: `Collection: ${b} against ${a}`,
      heads: [a, b],
      verdicts: [
        {
          tone: 'bad',
          text: 'They did not do the same work, so their times and memory say nothing about each other',
        },
      ],
      rows: [],
      groups: [],
      notes: [],
      differences: comparison.differences,
    };
  }
  return 'contention' in comparison ? interleavedFacts(comparison) : profileChangeFacts(comparison);
}
