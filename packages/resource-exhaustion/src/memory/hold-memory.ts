import type { MemoryRequest } from '../model/exhaustion.ts';
import type { Course } from '../pressure/course.ts';
import type { Patience } from '../pressure/patience.ts';
import type { MemoryFilling } from './memory-filling.ts';
import type { Worker } from './memory-worker.ts';

const DEFAULT_HOLD_MS = 2_000;
const LOOK_EVERY_MS = 50;

/** The workers wait at the barrier, looked at from outside; what dies meanwhile is taken down, what drifts is corrected. */
export async function holdMemory(
  request: MemoryRequest,
  parts: { workers: readonly Worker[]; filling: MemoryFilling; course: Course; patience: Patience },
  targetBytes: number,
): Promise<void> {
  const { workers, filling, course, patience } = parts;
  const present = workers.filter(({ isAlive }) => isAlive);
  course.hold();
  const usage = await course.read();
  let isBusy = request.whileHeld !== undefined;
  let problem: unknown;
  void request
    .whileHeld?.(usage)
    .catch((error: unknown) => (problem = error))
    .finally(() => (isBusy = false));
  const until = performance.now() + (request.holdMs ?? DEFAULT_HOLD_MS);
  while ((performance.now() < until || isBusy) && !patience.over) {
    await patience.sleep(LOOK_EVERY_MS);
    const usageBytes = await course.read();
    request.onProgress?.({ atMs: course.now, usageBytes, targetBytes, phase: 'holding' });
    await filling.correct(1);
    for (const worker of present) if (!worker.isAlive) await filling.bury(worker);
    if (present.length > 0 && present.every(({ isAlive }) => !isAlive)) break;
  }
  for (const worker of present) worker.held = worker.isAlive && !patience.over;
  if (problem !== undefined) throw problem;
}
