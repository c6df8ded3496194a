import { median } from '../statistics/median.ts';
import { chanceRatio, RUN_TO_RUN } from './chance-ratio.ts';
import { figureChange } from './figure-change.ts';
import type { CostTable, NamedCost } from './profile-costs.ts';
import type { CostChange } from './profile-comparison.ts';

/** Changes below are none that anybody looks at, whatever their ratio: a run of the garbage collector takes as much. */
const LEAST_MS = 10;
/** Resident memory comes in steps: the arenas of CPython and of the allocator. */
const LEAST_BYTES = 2 * 1024 * 1024;
/** Common factors are only read from so many costs. */
const FEWEST_COMMON = 8;
/** Shorter ones say more about the clock than about the machine. */
const LEAST_COMMON_MS = 1;

/** What changed, most first, once what all have in common is taken out. */
export function costChanges(before: CostTable, after: CostTable, commonFactor: number): CostChange[] {
  const names = new Set([...before.costs.keys(), ...after.costs.keys()]);
  const chance = chanceRatio(RUN_TO_RUN[before.clock], names.size);
  const changes = [...names].flatMap((name) => {
    const [old, now] = [before.costs.get(name), after.costs.get(name)];
    const time = { before: old?.time ?? 0, after: (now?.time ?? 0) / commonFactor };
    const memoryBytes = { before: old?.memoryBytes ?? 0, after: now?.memoryBytes ?? 0 };
    const isLonger = Math.abs(time.after - time.before) >= LEAST_MS;
    const isHeavier = Math.abs(memoryBytes.after - memoryBytes.before) >= LEAST_BYTES;
    if (!isLonger && !isHeavier) return [];
    const change = figureChange(time.before, time.after, chance);
    return [
      {
        name,
        state: stateOf(old, now),
        time: change,
        clock: before.clock,
        memoryBytes,
        certainty:
          isHeavier || (isLonger && change.conclusion !== 'cannot-tell')
            ? ('likely' as const)
            : ('cannot-tell' as const),
      },
    ];
  });
  return changes.sort((left, right) => weight(right) - weight(left) || (left.name < right.name ? -1 : 1));
}

/** By how much the costs that both have changed alike: the median of their ratios. 1 where there are too few. */
export function commonFactorOf(before: CostTable, after: CostTable): number {
  const ratios = [...before.costs].flatMap(([name, { time }]) => {
    const now = after.costs.get(name)?.time ?? 0;
    return time >= LEAST_COMMON_MS && now >= LEAST_COMMON_MS ? [now / time] : [];
  });
  return ratios.length < FEWEST_COMMON ? 1 : median(ratios);
}

function stateOf(old: NamedCost | undefined, now: NamedCost | undefined): CostChange['state'] {
  return old === undefined ? 'new' : now === undefined ? 'gone' : 'changed';
}

/** A megabyte counts as much as 10 ms. */
function weight({ time, memoryBytes }: CostChange): number {
  const isSure = time.conclusion !== 'cannot-tell';
  const ms = Math.abs(time.after - time.before) * (isSure ? 1 : 0.1);
  return ms + (10 * Math.abs(memoryBytes.after - memoryBytes.before)) / 1e6;
}
