import type { MeasureContext } from '@seaworthy/scenario';
import { collectOnce } from '../../collect-once.ts';
import type { CollectOptions } from '../../model/collect-options.ts';
import type { CollectionRun } from '../../model/collection-run.ts';
import type { CollectionTarget } from '../../model/collection-target.ts';
import { askPython } from '../ask-python.ts';
import { plainData } from '../collect/plain-data.ts';
import { treeFor } from '../collect/tree-for.ts';
import { treeTarget } from '../tree-target.ts';
import { meaningOf } from './exit-meaning.ts';
import { middleOfCollection, observeInterrupted, observeRun } from './observe-interrupted.ts';
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
  const collect = collectorOf(treeTarget(tree, context), plan, context);
  context.progress(`collecting ${tree.files} files undisturbed`);
  const undisturbed = await collect(await workspace.makeFolder('bytecode'));
  const { python, pytest } = undisturbed.recording;
  const observation: InterruptionObservation = {
    undisturbed: observeRun(undisturbed),
    interrupted: null,
    missed: 0,
    ignored: 0,
    bytecode: null,
    again: null,
    exits: [],
    python: python?.version ?? '',
    pytest: pytest?.version ?? '',
  };
  const middleMs = middleOfCollection(undisturbed.recording);
  if (undisturbed.outcome.kind !== 'finished' || middleMs === undefined)
    return plainData(observation, tree.root);
  const { run, interrupted, missed, ignored, folder } = await interrupt(collect, middleMs, plan, context);
  const stopped = { ...observation, interrupted, missed, ignored };
  if (run.outcome.kind !== 'interrupted') return plainData(stopped, tree.root);
  const args = [folder, tree.root];
  const bytecode = await askPython<ObservedBytecode>('scenarios/check_bytecode.py', { args }, context);
  context.progress('collecting once more with what the interrupted run left');
  const again = observeRun(await collect(folder));
  const exits = [exitOf('interrupt', run), ...(await contrast(plan, context))];
  return plainData({ ...stopped, bytecode, again, exits }, tree.root);
}

type Collect = (
  bytecodeFolder: string,
  options?: Pick<CollectOptions, 'interrupt'>,
) => Promise<CollectionRun>;

function collectorOf(
  target: CollectionTarget,
  { timeoutMs }: InterruptionPlan,
  context: MeasureContext,
): Collect {
  const { workspace, signal } = context;
  return (folder, options) =>
    collectOnce(target, {
      workspace,
      signal,
      timeoutMs,
      bytecode: { kind: 'private', folder },
      ...options,
    });
}

interface Interrupted {
  readonly run: CollectionRun;
  readonly interrupted: InterruptedRun;
  readonly missed: number;
  readonly ignored: number;
  /** Of the bytecode that it left. */
  readonly folder: string;
}

/**
 * Aims again, from what the last attempt missed by, where the signal did not meet the collection. A single signal that was
 * ignored is no proof: CPython itself drops a KeyboardInterrupt that is raised in a callback of the garbage collector or of a
 * weak reference.
 */
async function interrupt(
  collect: Collect,
  middleMs: number,
  plan: InterruptionPlan,
  context: MeasureContext,
): Promise<Interrupted> {
  let afterMs = Math.min(plan.latestMs, middleMs);
  let missed = 0;
  let ignored = 0;
  for (;;) {
    context.progress(`interrupting after ${(afterMs / 1000).toFixed(1)} s`);
    const folder = await context.workspace.makeFolder('bytecode');
    const run = await collect(folder, { interrupt: { afterMs, patienceMs: plan.patienceMs } });
    const interrupted = observeInterrupted(run, afterMs);
    if (interrupted.met !== 'collection') missed += 1;
    else if (interrupted.wentOn) ignored += 1;
    else return { run, interrupted, missed, ignored, folder };
    if (missed >= plan.aims || ignored >= plan.confirmations)
      return { run, interrupted, missed, ignored, folder };
    if (interrupted.met === 'too-early') afterMs *= 1.5;
    if (interrupted.met === 'too-late') afterMs = middleOfCollection(run.recording) ?? afterMs / 2;
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
    const run = await collectorOf(target, plan, context)(await context.workspace.makeFolder('bytecode'));
    exits.push(exitOf(means, run));
  }
  return exits;
}

const exitOf = (means: 'interrupt' | 'collection-error' | 'circular-import', run: CollectionRun) => ({
  means,
  told: meaningOf(run),
  ...run.exit,
});
