import type { ExhaustionOutcome, HeldLevel } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { Patience } from '../pressure/patience.ts';
import type { Part, Sight } from './part.ts';
import type { UnorderedEnds } from './unordered-ends.ts';

const LOOK_EVERY_MS = 100;

/** How each part fared while all were looked at together. */
export interface Watched {
  readonly reachedAfterMs: ReadonlyMap<Part, number>;
  readonly held: ReadonlyMap<Part, HeldLevel>;
  readonly overlapMs: number;
  readonly ended: ExhaustionOutcome;
}

export async function look(sandbox: Sandbox): Promise<Sight> {
  const [reading, processes] = await Promise.all([sandbox.gauge.read(), sandbox.keeper.inside.processes()]);
  return { at: performance.now(), reading, processes };
}

/** Looks at all parts until they were at their levels at the same time for so long, or until something ends that. */
export async function watchOverlap(
  sandbox: Sandbox,
  parts: readonly Part[],
  {
    overlapMs,
    patience,
    ends,
    onOverlap,
  }: { overlapMs: number; patience: Patience; ends: UnorderedEnds; onOverlap: () => void },
): Promise<Watched> {
  const start = performance.now();
  const reachedAfterMs = new Map<Part, number>();
  let [longest, held] = [0, new Map<Part, HeldLevel>()];
  let since: number | undefined;
  let samples = new Map<Part, number[]>();
  while (longest < overlapMs && !patience.over && !ends.any) {
    await Promise.all(parts.map((part) => patience.wait(part.keep())));
    const sight = await look(sandbox);
    const levels = parts.map((part) => [part, part.level(sight)] as const);
    for (const [part, level] of levels) {
      if (isThere(part, level) && !reachedAfterMs.has(part))
        reachedAfterMs.set(part, Math.round(sight.at - start));
    }
    if (levels.every(([part, level]) => isThere(part, level))) {
      if (since === undefined) {
        since = sight.at;
        samples = new Map(parts.map((part) => [part, []]));
        onOverlap();
      }
      for (const [part, level] of levels) samples.get(part)!.push(level!);
      if (sight.at - since > longest) {
        longest = sight.at - since;
        held = new Map([...samples].map(([part, values]) => [part, levelOf(values, longest)]));
      }
    } else since = undefined;
    await patience.sleep(LOOK_EVERY_MS);
  }
  const ended = ends.any ? 'killed' : longest >= overlapMs ? 'held' : (patience.endedBy ?? 'timeout');
  return { reachedAfterMs, held, overlapMs: Math.round(longest), ended };
}

function levelOf(values: readonly number[], ms: number): HeldLevel {
  const mean = values.reduce((total, one) => total + one, 0) / values.length;
  return {
    ms: Math.round(ms),
    samples: values.length,
    min: Math.min(...values),
    mean,
    max: Math.max(...values),
  };
}

function isThere(part: Part, level: number | undefined): boolean {
  return level !== undefined && part.isAt(level);
}

/** Within 5 % of the limit of where it was; not where nobody knows. */
export function isBack(part: Part, before: number | undefined, afterwards: number | undefined): boolean {
  if (before === undefined || afterwards === undefined) return false;
  return Math.abs(afterwards - before) <= part.limit * 0.05;
}
