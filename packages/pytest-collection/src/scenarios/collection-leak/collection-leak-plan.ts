import type { Limits } from '@seaworthy/scenario';
import type { TreeSpec } from '../../model/tree-spec.ts';
import { scaled } from '../collect/tree-plan.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { NO_CODE } from '../repeated-collections/tests-with-code.ts';
import type { AddedCode } from '../repeated-collections/tests-with-code.ts';
import type { collectionLeakLimits } from './collection-leak-limits.ts';

/** What memory/collection-leak is going to do. */
export interface CollectionLeakPlan {
  readonly tree: TreeSpec;
  /** Number of tests as a share of the one that the limit of growth is meant for. */
  readonly share: number;
  readonly code: AddedCode;
  /** Rounds before counting begins. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Bytes of data of each test in the last round. */
  readonly payload: number;
  /** Each of the processes is ended after so many ms. */
  readonly timeoutMs: number;
  /** Limits in force: where they are broken, a second process finds out what grows. */
  readonly limits: Limits<typeof collectionLeakLimits>;
}

const FILES = 100;
const TESTS = 10;

/** A thousand tests with 100 kB each, or more or fewer where the configuration scales the trees. */
export function planCollectionLeak(
  { scale }: CollectionScenarioSettings,
  limits: Limits<typeof collectionLeakLimits>,
): CollectionLeakPlan {
  const files = scaled(FILES, scale, 5);
  return {
    tree: { kind: 'simple', files, tests: TESTS },
    share: files / FILES,
    code: NO_CODE,
    warmUp: 2,
    rounds: 8,
    payload: 100_000,
    timeoutMs: 120_000 * Math.max(1, files / FILES),
    limits,
  };
}
