import type { MeasureContext } from '@seaworthy/scenario';
import { collectTree } from '../collect/collect-tree.ts';
import { isComplete } from '../collect/judge-collected.ts';
import { plainData } from '../collect/plain-data.ts';
import { collectRepeatedly } from '../repeated-collections/collect-repeatedly.ts';
import type { RepeatedCollections } from '../repeated-collections/repeated-collections.ts';
import { testsWithCode } from '../repeated-collections/tests-with-code.ts';
import type { MemoryGrowthObservation } from './memory-growth-observation.ts';
import type { MemoryGrowthPlan } from './memory-growth-plan.ts';

/**
 * Collects trees of several sizes, each time without bytecode and in a process of its own, then one of them again and
 * again in a single process.
 */
export async function measureMemoryGrowth(
  plan: MemoryGrowthPlan,
  context: MeasureContext,
): Promise<MemoryGrowthObservation> {
  const { sizes, tests, bricks, timeoutMs } = plan;
  const collections: MemoryGrowthObservation['collections'][number][] = [];
  for (const { files, times } of sizes) {
    for (let time = 0; time < times; time++) {
      context.progress(`collecting ${files} files`);
      const tree = { kind: 'simple', files, tests, bricks } as const;
      const { observed } = await collectTree({ tree, share: 1, timeoutMs }, context);
      collections.push({ files, observed });
      // What fails once fails at larger sizes too, and takes longer for it.
      if (!isComplete(observed)) return { collections, batchTests: 0, batches: null };
    }
  }
  return { collections, ...(await collectBatches(plan, context)) };
}

async function collectBatches(
  { batches, tests, timeoutMs }: MemoryGrowthPlan,
  context: MeasureContext,
): Promise<{ batchTests: number; batches: RepeatedCollections }> {
  const { files, warmUp, count, code } = batches;
  const {
    root,
    modules,
    tests: batchTests,
  } = await testsWithCode({ kind: 'simple', files, tests }, code, context);
  context.progress(`${count} batches of ${files} files in one process`);
  const repeated = await collectRepeatedly(
    {
      root,
      modules,
      witness: 'resident',
      warmUp,
      rounds: count,
      payload: 0,
      bytecodeFolder: await context.workspace.makeFolder('batch-bytecode'),
      timeoutMs,
    },
    context,
  );
  return { batchTests, batches: plainData(repeated, root) };
}
