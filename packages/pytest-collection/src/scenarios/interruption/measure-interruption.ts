import type { MeasureContext } from '@seaworthy/scenario';
import { collectOnce } from '../../collect-once.ts';
import type { CollectionProgress, CollectOptions } from '../../model/collect-options.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import type { CollectionTarget } from '../../model/collection-target.ts';
import { askPython } from '../ask-python.ts';
import { plainData } from '../collect/plain-data.ts';
import { watchProcessor } from '../collect/processor-wait.ts';
import { treeFor } from '../collect/tree-for.ts';
import { runnerFor } from '../place/subject-place.ts';
import { treeTarget } from '../tree-target.ts';
import { meaningOf } from './exit-meaning.ts';
import { failedToShowIt } from './failed-to-show.ts';
import { observeInterrupted, observeRun } from './observe-interrupted.ts';
import type {
  InterruptedRun,
  InterruptionObservation,
  ObservedBytecode,
} from './interruption-observation.ts';
import type { InterruptionPlan } from './interruption-plan.ts';

/**
 * Collects a tree undisturbed, interrupts its collection, and collects it once more with what the interrupted run has left.
 * Both begin without bytecode, so that the second one is written at when it is interrupted.
 */
export async function measureInterruption(
  plan: InterruptionPlan,
  context: MeasureContext,
): Promise<InterruptionObservation> {
  const { workspace } = context;
  const tree = await treeFor(context, plan.tree);
  const collect = await collectorOf(treeTarget(tree, context), plan, context);
  context.progress(`collecting ${tree.files} files undisturbed`);
  const undisturbed = await collect(await workspace.makeFolder('bytecode'));
  const { python, pytest } = undisturbed.recording;
  const observation: InterruptionObservation = {
    undisturbed: observeRun(undisturbed),
    interrupted: null,
    missed: 0,
    ignored: 0,
    unshown: 0,
    bytecode: null,
    again: null,
    exits: [],
    python: python?.version ?? '',
    pytest: pytest?.version ?? '',
  };
  if (undisturbed.outcome.kind !== 'finished') return plainData(observation, tree.root);
  const { run, folder, ...met } = await interrupt(collect, tree.files, plan, context);
  const stopped = { ...observation, ...met };
  if (run.outcome.kind !== 'interrupted') return plainData(stopped, tree.root);
  const args = [folder, tree.root];
  const bytecode = await askPython<ObservedBytecode>(
    'scenarios/check_bytecode.py',
    { args, folders: args },
    context,
  );
  context.progress('collecting once more with what the interrupted run left');
  const again = observeRun(await collect(folder));
  const exits = [exitOf('interrupt', run), ...(await contrast(plan, context))];
  return plainData({ ...stopped, bytecode, again, exits }, tree.root);
}

type Collect = (bytecodeFolder: string, options?: Pick<CollectOptions, 'interrupt'>) => Promise<WatchedRun>;

type WatchedRun = CollectionRun & { readonly waitedForCpuMs: number | null };

async function collectorOf(
  target: CollectionTarget,
  { timeoutMs }: InterruptionPlan,
  context: MeasureContext,
): Promise<Collect> {
  const { workspace, signal } = context;
  const runner = await runnerFor(context, [target.root]);
  return async (folder, options) => {
    const watched = watchProcessor(runner);
    const run = await collectOnce(target, {
      workspace,
      signal,
      timeoutMs,
      runner: watched.runner,
      bytecode: { kind: 'private', folder },
      ...options,
    });
    return { ...run, waitedForCpuMs: watched.processes[0]?.waitedForCpuMs ?? null };
  };
}

interface Interrupted {
  readonly run: CollectionRun;
  readonly interrupted: InterruptedRun;
  readonly missed: number;
  readonly ignored: number;
  readonly unshown: number;
  /** Of the bytecode that it left. */
  readonly folder: string;
}

/** Longer than the import of a test file. */
const OTHER_MOMENT_MS = 7;

/**
 * Aims at half of the files, and again where the signal did not meet the collection. A single signal that was ignored is no
 * proof: CPython drops a KeyboardInterrupt that is raised in a callback of a weak reference or of the garbage collector.
 */
async function interrupt(
  collect: Collect,
  files: number,
  plan: InterruptionPlan,
  context: MeasureContext,
): Promise<Interrupted> {
  const { patienceMs } = plan;
  let aimed = files * plan.share;
  let afterMs = plan.latestMs;
  let missed = 0;
  let ignored = 0;
  let unshown = 0;
  for (;;) {
    context.progress(`interrupting after ${Math.floor(aimed)} of ${files} files`);
    const folder = await context.workspace.makeFolder('bytecode');
    const when = (progress: CollectionProgress): boolean => progress.files >= Math.floor(aimed);
    // What broke down once would do so again at the same moment.
    const delayMs = plan.delayMs + OTHER_MOMENT_MS * unshown;
    const run = await collect(folder, { interrupt: { afterMs, when, delayMs, patienceMs } });
    const interrupted = { ...observeInterrupted(run), waitedForCpuMs: run.waitedForCpuMs };
    const isMet = interrupted.met === 'collection';
    if (!isMet) missed += 1;
    else if (failedToShowIt(run.outcome)) unshown += 1;
    else if (interrupted.wentOn) ignored += 1;
    const isClear = isMet && !interrupted.wentOn && !failedToShowIt(run.outcome);
    if (isClear || missed >= plan.aims || ignored >= plan.confirmations || unshown >= plan.moments)
      return { run, interrupted, missed, ignored, unshown, folder };
    if (interrupted.met === 'too-early') afterMs *= 2;
    if (interrupted.met === 'too-late') aimed /= 2;
  }
}

/** What else pytest exits with 2 for. */
async function contrast(
  plan: InterruptionPlan,
  context: MeasureContext,
): Promise<InterruptionObservation['exits']> {
  const exits = [];
  for (const { means, tree } of plan.contrasts) {
    const target = treeTarget(await treeFor(context, tree), context);
    const collect = await collectorOf(target, plan, context);
    const run = await collect(await context.workspace.makeFolder('bytecode'));
    exits.push(exitOf(means, run));
  }
  return exits;
}

const exitOf = (means: 'interrupt' | 'collection-error' | 'circular-import', run: CollectionRun) => ({
  means,
  told: meaningOf(run),
  ...run.exit,
});
