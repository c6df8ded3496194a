import type { Environment, Limits } from '@seaworthy/scenario';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { spareBytesOf } from '../place/spare-bytes.ts';
import type { SmallTree } from '../collect/tree-faults.ts';
import { scaled, timeoutFor } from '../collect/tree-plan.ts';
import type { TreePlan } from '../collect/tree-plan.ts';
import type { nestedComplexLimits } from './nested-complex-limits.ts';

const FOLDERS = 50;
const FILES = 20;

/** Folders of up to twenty files, so many in all. */
export const nestedTree: SmallTree = (files) => {
  const inEach = Math.min(files, FILES);
  const folders = Math.ceil(files / inEach);
  return {
    tree: { kind: 'nested', folders, files: inEach },
    share: (folders * inEach) / (FOLDERS * FILES),
    tests: folders * inEach,
  };
};

/** Fifty folders, or more or fewer where the configuration scales the trees. */
export function planNestedComplex(
  { scale }: CollectionScenarioSettings,
  environment: Environment,
  limits: Limits<typeof nestedComplexLimits>,
): TreePlan {
  const { tree, share } = nestedTree(FILES * scaled(FOLDERS, scale, 2));
  return {
    tree,
    share,
    timeoutMs: timeoutFor(limits.maxDuration, share),
    allowed: { durationMs: limits.maxDuration, memoryBytes: limits.maxMemory, rate: 0 },
    spareBytes: spareBytesOf(environment),
  };
}
