import { scaled } from '../collect/tree-plan.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import type { FaultBrick } from '../../model/tree-spec.ts';
import { NO_CODE } from '../repeated-collections/tests-with-code.ts';
import type { AddedCode } from '../repeated-collections/tests-with-code.ts';

/** What collection/memory-growth is going to do. */
export interface MemoryGrowthPlan {
  /** Numbers of files, and how often each tree is collected. */
  readonly sizes: readonly { readonly files: number; readonly times: number }[];
  /** Tests in each file. */
  readonly tests: number;
  readonly bricks: readonly FaultBrick[];
  /** The same tests, collected again and again in one process. */
  readonly batches: {
    readonly files: number;
    readonly warmUp: number;
    readonly count: number;
    readonly code: AddedCode;
  };
  /** Each process is ended after so many ms. */
  readonly timeoutMs: number;
}

/** The single file shows what Python and pytest take anyway. Small trees are cheap to repeat, large ones hardly vary. */
const SIZES = [
  { files: 1, times: 2 },
  { files: 100, times: 2 },
  { files: 200, times: 2 },
  { files: 500, times: 1 },
  { files: 1000, times: 1 },
] as const;

/** Trees of up to a thousand files, or more or fewer where the configuration scales them. */
export function planMemoryGrowth({ scale }: CollectionScenarioSettings): MemoryGrowthPlan {
  return {
    sizes: SIZES.map(({ files, times }) => ({
      files: files === 1 ? 1 : scaled(files, scale, files / 10),
      times,
    })),
    tests: 2,
    bricks: [],
    batches: { files: scaled(100, scale, 10), warmUp: 2, count: 8, code: NO_CODE },
    timeoutMs: 120_000 * Math.max(1, scale ?? 1),
  };
}
