import type { Environment, Limits } from '@seaworthy/scenario';
import type { TreeSpec } from '../../model/tree-spec.ts';
import { scaled } from '../collect/tree-plan.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import type { ExitMeaning } from './exit-meaning.ts';
import type { interruptionLimits } from './interruption-limits.ts';

/** What collection/interruption is going to interrupt. */
export interface InterruptionPlan {
  readonly tree: TreeSpec;
  /** When SIGINT is sent: so long after this share of the files was collected, but no later than so many ms after the start. */
  readonly share: number;
  readonly delayMs: number;
  readonly latestMs: number;
  /** How long pytest may take to stop before it is killed: a bit longer than it is allowed to. */
  readonly patienceMs: number;
  /** A run that is not interrupted is ended after so many ms. */
  readonly timeoutMs: number;
  /** So often SIGINT may come too early or too late to meet the collection. */
  readonly aims: number;
  /** So many moments are tried where pytest breaks down while it prints where it was interrupted. */
  readonly moments: number;
  /** So often it must be ignored to be called that. */
  readonly confirmations: number;
  /** Other trees for which pytest exits with 2 as well, and what for. */
  readonly contrasts: readonly { readonly means: ExitMeaning; readonly tree: TreeSpec }[];
}

const FOLDERS = 10;
/** Fewer are through before one can aim at half of them. */
export const FEWEST_FOLDERS = 6;
const FILES = 10;

export function planInterruption({ scale }: CollectionScenarioSettings) {
  return (_: Environment, limits: Limits<typeof interruptionLimits>): InterruptionPlan => ({
    tree: { kind: 'nested', folders: scaled(FOLDERS, scale, FEWEST_FOLDERS), files: FILES },
    share: 0.5,
    delayMs: 0,
    latestMs: 5000,
    patienceMs: limits.maxStop + 1000,
    timeoutMs: 120_000,
    aims: 3,
    moments: 6,
    confirmations: 2,
    contrasts: [
      {
        means: 'collection-error',
        tree: { kind: 'simple', files: 3, tests: 1, bricks: [{ kind: 'import-error', count: 1 }] },
      },
      { means: 'circular-import', tree: { kind: 'circular', modules: 3, imports: 'crashing' } },
    ],
  });
}
