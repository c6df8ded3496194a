import type { Environment, Limits } from '@seaworthy/scenario';
import type { TreeSpec } from '../../model/tree-spec.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { scaled, timeoutFor } from '../collect/tree-plan.ts';
import type { parallelLimits } from './parallel-limits.ts';

/** What collection/parallel is going to collect. */
export interface ParallelPlan {
  /** Collected by one process while nothing else runs. */
  readonly alone: TreeSpec;
  /** Collected by several processes at once; the same tree, unless a fault breaks it. */
  readonly together: TreeSpec;
  readonly processes: number;
  /** Size of the tree as a share of the one that the limit of time is meant for. */
  readonly share: number;
  /** Each run is ended after so many ms. */
  readonly timeoutMs: number;
}

const FILES = 200;
const TESTS = 10;
const PROCESSES = 4;

/** Two hundred files with ten tests each, or more or fewer where the configuration scales the trees. */
export function planParallel(
  { scale }: CollectionScenarioSettings,
  _environment: Environment,
  limits: Limits<typeof parallelLimits>,
): ParallelPlan {
  const files = scaled(FILES, scale, 20);
  const tree: TreeSpec = { kind: 'simple', files, tests: TESTS };
  const share = files / FILES;
  return {
    alone: tree,
    together: tree,
    processes: PROCESSES,
    share,
    timeoutMs: timeoutFor(limits.maxDuration, share),
  };
}

/** So many files with ten tests each. */
export function smallTree(files: number): { readonly tree: TreeSpec; readonly share: number } {
  return { tree: { kind: 'simple', files, tests: TESTS }, share: files / FILES };
}
