import type { MeasureContext } from '@seaworthy/scenario';
import { collectOnce } from '../../collect-once.ts';
import type { CollectionProgress } from '../../model/collect-options.ts';
import type { ObservedCollection } from './observed-collection.ts';
import { runnerFor } from '../place/subject-place.ts';
import { treeTarget } from '../tree-target.ts';
import { observeRun } from './observe-run.ts';
import { watchProcessor } from './processor-wait.ts';
import { treeFor } from './tree-for.ts';
import type { TreePlan } from './tree-plan.ts';

/** What a collection of a tree is done with, besides its plan. */
export interface CollectTreeOptions {
  /** Holds the bytecode of the tree's files; by default a new one, which makes the run cold. */
  readonly bytecodeFolder?: string;
  /** Of the messages that tell how far it is. Default: none are given. */
  readonly title?: string;
}

/** An observed collection, with when its process started and ended on the monotonic clock, ms. */
export interface TimedCollection {
  readonly observed: ObservedCollection;
  readonly startedMs: number;
  readonly endedMs: number;
}

const PROGRESS_EVERY_MS = 1_000;

/** Collects a tree once, with the project's interpreter and the plugins installed there, from files without bytecode. */
export async function collectTree(
  plan: Pick<TreePlan, 'tree' | 'share' | 'timeoutMs'>,
  context: MeasureContext,
  options: CollectTreeOptions = {},
): Promise<TimedCollection> {
  const { workspace, signal } = context;
  const tree = await treeFor(context, plan.tree);
  const runner = await runnerFor(context, [tree.root]);
  const watched = watchProcessor(runner);
  if (options.title !== undefined && runner.elsewhere !== undefined)
    context.progress(`${options.title} in a ${runner.name}`);
  const run = await collectOnce(treeTarget(tree, context), {
    runner: watched.runner,
    workspace,
    signal,
    timeoutMs: plan.timeoutMs,
    detail: 'hooks',
    bytecode: {
      kind: 'private',
      folder: options.bytecodeFolder ?? (await workspace.makeFolder('bytecode')),
    },
    ...(options.title === undefined ? {} : { onProgress: tell(options.title, tree.tests, context) }),
  });
  const [process] = watched.processes;
  const { waitedForCpuMs = null, startedMs = 0, endedMs = run.wallMs } = process ?? {};
  return { observed: observeRun(run, { tree, share: plan.share, waitedForCpuMs }), startedMs, endedMs };
}

function tell(title: string, tests: number, context: MeasureContext): (progress: CollectionProgress) => void {
  let last = 0;
  return ({ elapsedMs, items, memoryBytes }) => {
    if (elapsedMs - last < PROGRESS_EVERY_MS) return;
    last = elapsedMs;
    const megabytes = Math.round(memoryBytes / 1e6);
    context.progress(
      `${title}: ${items} of ${tests} tests, ${megabytes} MB, ${Math.round(elapsedMs / 1000)} s`,
    );
  };
}
