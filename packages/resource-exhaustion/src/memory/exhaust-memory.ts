import type { ExhaustionOutcome, MemoryExhaustion, MemoryRequest } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { Victim } from '../model/victim.ts';
import { Course } from '../pressure/course.ts';
import { endVictims } from '../pressure/end-victims.ts';
import { Patience } from '../pressure/patience.ts';
import { fairnessOf } from './fairness.ts';
import { holdMemory } from './hold-memory.ts';
import { MemoryFilling } from './memory-filling.ts';
import { memoryGoal, type MemoryGoal } from './memory-goal.ts';
import { Worker } from './memory-worker.ts';

const DEFAULT_TIMEOUT_MS = 30_000;
/** Of the limit (or of the target, without one): closer than this counts as reached. */
const POINT = 0.01;
const GONE_WITHIN_MS = 2_000;

/**
 * Takes memory in a sandbox until it uses a share of its effective limit (within a tenth of a point), or so many bytes, or
 * more than the limit; holds it there; and gives it back. Every page is written, by victims that the kernel takes first.
 * What happened is data: a refusal, a kill or a timeout is an outcome, not an exception.
 *
 * @throws UsageError for a request that makes no sense
 * @throws KeeperGone, FiguresGone where the sandbox is lost, or cannot be measured, whenever that is
 * @throws KeeperRefused where no further process may run in it
 */
export async function exhaustMemory(sandbox: Sandbox, request: MemoryRequest): Promise<MemoryExhaustion> {
  const course = new Course(sandbox.gauge, ({ memory }) => memory?.usageBytes, 'memory');
  using patience = new Patience(request.signal, request.timeoutMs ?? DEFAULT_TIMEOUT_MS);
  const victims: Victim[] = [];
  try {
    memoryGoal(request, sandbox, 0); // A senseless request starts nothing.
    for (let count = request.workers ?? 1; count > 0; count--)
      victims.push(await sandbox.keeper.startVictim());
    // The one that answers has paid for its own start.
    await patience.wait(Promise.all(victims.map((victim) => victim.memory(0))));
    const baselineBytes = await course.read();
    const killsBefore = course.last?.kills?.own;
    const goal = memoryGoal(request, sandbox, baselineBytes);
    const each = Math.max(0, goal.targetBytes - baselineBytes) / victims.length;
    const workers = victims.map((victim, index) => new Worker(index, victim, Math.round(each)));
    const limitBytes = sandbox.effective.memoryBytes ?? sandbox.declared.memoryBytes;
    const filling = new MemoryFilling(request, goal, limitBytes, { workers, course, patience });
    const start = performance.now();
    await filling.fill();
    const fillMs = performance.now() - start;
    const reachedBytes = await course.read();
    const isThere =
      !patience.over &&
      workers.some(({ isAlive }) => isAlive) &&
      !(goal.isBeyond && filling.deaths.length > 0);
    if (isThere) await holdMemory(request, { workers, filling, course, patience }, goal.targetBytes);
    const held = isThere ? course.heldLevel() : undefined;
    const outcome = outcomeOf(filling, patience);
    const figures = workers.map((worker) => worker.figures());
    const { leftBytes, releaseMs } = await giveBack(victims, course, baselineBytes, limitBytes);
    const { kills, memory } = course.last ?? {};
    return {
      outcome,
      ...(sandbox.effective.memoryBytes === undefined
        ? {}
        : { limitBytes, reachedShare: reachedBytes / limitBytes }),
      declaredBytes: sandbox.declared.memoryBytes,
      baselineBytes,
      targetBytes: goal.targetBytes,
      reachedBytes,
      reached: isReached(goal, reachedBytes, baselineBytes, limitBytes),
      fillMs: Math.round(fillMs),
      ...(held === undefined ? {} : { held }),
      ...(memory?.peakBytes === undefined ? {} : { peakBytes: memory.peakBytes }),
      highestSampleBytes: course.highest,
      workers: figures,
      fairness: fairnessOf(figures.map(({ barrierBytes }) => barrierBytes)),
      refusals: filling.refusals,
      deaths: filling.deaths,
      ...(killsBefore === undefined ? {} : { killsBefore }),
      ...(kills === undefined ? {} : { killsAfter: kills.own }),
      curve: course.curve,
      leftBytes,
      releaseMs,
      measuredBy: sandbox.gauge.source,
    };
  } finally {
    await endVictims(victims);
  }
}

function outcomeOf(filling: MemoryFilling, patience: Patience): ExhaustionOutcome {
  if (filling.deaths.length > 0) return 'killed';
  if (filling.refusals.length > 0)
    return filling.refusals.some(({ by }) => by === 'kernel') ? 'refused' : 'protected';
  return patience.endedBy ?? 'held';
}

function isReached(goal: MemoryGoal, reached: number, baseline: number, limit: number): boolean {
  if (goal.by === 'usage') return Math.abs(reached - goal.targetBytes) <= limit * POINT;
  return reached - baseline >= (goal.targetBytes - baseline) * (1 - POINT);
}

/** Until usage is where it was before, or for so long as that may take: what stays is told, and measured by others further. */
async function giveBack(
  victims: readonly Victim[],
  course: Course,
  baselineBytes: number,
  limitBytes: number,
): Promise<{ leftBytes: number; releaseMs: number }> {
  const start = performance.now();
  await endVictims(victims);
  let left = await course.read();
  while (left > baselineBytes + limitBytes * POINT && performance.now() - start < GONE_WITHIN_MS) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    left = await course.read();
  }
  return { leftBytes: left, releaseMs: Math.round(performance.now() - start) };
}
