import type { Environment, Limits } from '@seaworthy/scenario';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { spareBytesOf } from '../place/spare-bytes.ts';
import type { SmallTree } from '../collect/tree-faults.ts';
import { scaled, timeoutFor } from '../collect/tree-plan.ts';
import type { TreePlan } from '../collect/tree-plan.ts';
import type { simple1000Limits } from './simple-1000-limits.ts';

const FILES = 1000;
const TESTS = 10;

/** With fewer, the start of pytest would decide how many tests a second there are. */
const LEAST_FILES = 50;

/** So many files with ten test functions each. */
export const simpleTree: SmallTree = (files) => ({
  tree: { kind: 'simple', files, tests: TESTS },
  share: files / FILES,
  tests: files * TESTS,
});

/** A thousand files, or more or fewer where the configuration scales the trees. */
export function planSimple1000(
  { scale }: CollectionScenarioSettings,
  environment: Environment,
  limits: Limits<typeof simple1000Limits>,
): TreePlan {
  const { tree, share } = simpleTree(scaled(FILES, scale, LEAST_FILES));
  return {
    tree,
    share,
    timeoutMs: timeoutFor(limits.maxDuration, share),
    allowed: { durationMs: limits.maxDuration, memoryBytes: limits.maxMemory, rate: limits.minRate },
    spareBytes: spareBytesOf(environment),
  };
}
