import type { MeasureContext } from '@seaworthy/scenario';
import { collectTree } from '../collect/collect-tree.ts';
import { isComplete } from '../collect/judge-collected.ts';
import type { ParallelObservation } from './parallel-observation.ts';
import type { ParallelPlan } from './parallel-plan.ts';

/**
 * Collects a tree alone, then by several processes at once, then alone again, so that a drift of the machine meets both
 * sides alike. Those at once share a folder for bytecode, as runs of one project do: each of them finds it empty at first
 * and writes to it while the others read.
 */
export async function measureParallel(
  plan: ParallelPlan,
  context: MeasureContext,
): Promise<ParallelObservation> {
  const { share, timeoutMs, processes } = plan;
  const alone = { tree: plan.alone, share, timeoutMs };
  const before = (await collectTree(alone, context, { title: 'alone' })).observed;
  const bytecodeFolder = await context.workspace.makeFolder('shared-bytecode');
  context.progress(`${processes} processes at once`);
  const together = await Promise.all(
    Array.from({ length: processes }, () =>
      collectTree({ tree: plan.together, share, timeoutMs }, context, { bytecodeFolder }),
    ),
  );
  const starts = together.map(({ startedMs }) => startedMs);
  const ends = together.map(({ endedMs }) => endedMs);
  const after = isComplete(before)
    ? [(await collectTree(alone, context, { title: 'alone again' })).observed]
    : [];
  return {
    cores: context.environment.cores,
    share,
    alone: [before, ...after],
    together: together.map((one) => one.observed),
    togetherMs: Math.max(...ends) - Math.min(...starts),
    allAtOnceMs: Math.max(0, Math.min(...ends) - Math.max(...starts)),
  };
}
