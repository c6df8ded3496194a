import type { CollectionRun } from '../model/collection-run.ts';
import type {
  CollectionComparison,
  ComparedSide,
  RunSample,
  StateComparison,
} from './collection-comparison.ts';
import { concludeState } from './conclude.ts';
import { contentionIndex, sampleContention } from './contention.ts';
import { interleavedOrder } from './interleaved-order.ts';
import type { Side } from './interleaved-order.ts';
import { differencesOf } from './same-work.ts';
import type { CollectedBy } from './same-work.ts';
import { SideRunner } from './side-runner.ts';
import type { ComparisonMeans, Sides, State } from './side-runner.ts';
import type { TestDifference } from './test-difference.ts';

export interface ComparisonPlan {
  readonly states: readonly State[];
  readonly pairs: { readonly least: number; readonly most: number };
  readonly precision: number;
  readonly budgetMs: number;
  readonly seed: number;
}

type Samples = Record<Side, RunSample[]>;

/** See {@link compareCollections}. */
export async function comparePairs(
  sides: Sides,
  plan: ComparisonPlan,
  means: ComparisonMeans,
): Promise<CollectionComparison> {
  const names = { a: sides.a.name, b: sides.b.name };
  const start = means.clock.now();
  const before = sampleContention();
  const runner = new SideRunner(sides, means, start);
  const first = { a: await runner.warmUp('a'), b: await runner.warmUp('b') };
  const collectedBy = (side: Side, run: CollectionRun, name = sides[side].name): CollectedBy => ({
    name,
    root: sides[side].target.root,
    run,
  });
  const differences = differencesOf(collectedBy('a', first.a), collectedBy('b', first.b));
  if (differences.length > 0) return { kind: 'not-comparable', ...names, differences };

  const samples: Record<State, Samples> = { cold: { a: [], b: [] }, warm: { a: [], b: [] } };
  const ended = new Map<State, StateComparison['endedBy']>();
  const order = interleavedOrder(plan.seed);
  let longestRound = 0;
  while (ended.size < plan.states.length) {
    const roundStart = means.clock.now();
    const isLate = roundStart - start + longestRound > plan.budgetMs;
    if (isLate && samples[plan.states[0] ?? 'cold'].a.length > 0) break;
    const pair = order.next().value;
    for (const state of plan.states) {
      if (ended.has(state)) continue;
      for (const side of pair) {
        const run = await runner.run(side, state, pairsOf(samples[state]));
        const unstable = differencesOf(
          collectedBy(side, first[side], 'the first run'),
          collectedBy(side, run, 'a later one'),
        );
        if (unstable.length > 0)
          return { kind: 'not-comparable', ...names, differences: unstable.map(asUnstable(sides[side])) };
        samples[state][side].push({ cpuMs: run.cpuMs, wallMs: run.wallMs, peakBytes: run.peak.bytes });
      }
      const end = settled(samples[state], plan);
      if (end !== undefined) ended.set(state, end);
    }
    longestRound = Math.max(longestRound, means.clock.now() - roundStart);
  }
  const all = plan.states.flatMap((state) => [...samples[state].a, ...samples[state].b]);
  const of = (state: State): StateComparison =>
    concludeState(samples[state].a, samples[state].b, ended.get(state) ?? 'budget');
  const items = first.a.recording.items;
  return {
    kind: 'compared',
    ...names,
    tests: { found: items?.found ?? 0, deselected: items?.deselected ?? 0, hash: items?.hash ?? '' },
    errors: first.a.recording.errors.length,
    ...(plan.states.includes('cold') ? { cold: of('cold') } : {}),
    ...(plan.states.includes('warm') ? { warm: of('warm') } : {}),
    contention: contentionIndex(before, sampleContention(), all),
    notes: notesOn(names, first),
    seed: plan.seed,
  };
}

/** Pairs that are complete. */
const pairsOf = ({ a, b }: Samples): number => Math.min(a.length, b.length);

/** By the width of the intervals, never by where they lie: stopping when one likes the answer makes false alarms. */
function settled({ a, b }: Samples, plan: ComparisonPlan): StateComparison['endedBy'] | undefined {
  const pairs = pairsOf({ a, b });
  if (pairs < plan.pairs.least) return undefined;
  const { cpu, peak } = concludeState(a, b, 'precision');
  const isNarrow = [cpu, peak].every(({ ratio }) => ratio.high / ratio.low <= plan.precision);
  if (isNarrow) return 'precision';
  return pairs >= plan.pairs.most ? 'pairs' : undefined;
}

function asUnstable({ name }: ComparedSide): (difference: TestDifference) => TestDifference {
  return ({ message, examples }) => ({
    kind: 'unstable',
    message: `${name} does not collect the same each time: ${message}`,
    examples,
  });
}

function notesOn(
  names: Readonly<Record<Side, string>>,
  { a, b }: Readonly<Record<Side, CollectionRun>>,
): string[] {
  const notes: string[] = [];
  if (a.recording.items?.hash !== b.recording.items?.hash)
    notes.push(`${names.a} and ${names.b} collect the same tests in a different order`);
  const errors = a.recording.errors.length;
  if (errors > 0)
    notes.push(`${errors} files cannot be collected on either side: their cost is not complete`);
  return notes;
}
