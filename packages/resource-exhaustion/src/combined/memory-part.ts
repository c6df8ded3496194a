import { MemoryFilling } from '../memory/memory-filling.ts';
import { Worker } from '../memory/memory-worker.ts';
import type { Sandbox } from '../model/sandbox.ts';
import { Course } from '../pressure/course.ts';
import type { Patience } from '../pressure/patience.ts';
import { releaseVictim } from '../pressure/release-victim.ts';
import type { Part } from './part.ts';

const POINT = 0.01;

/** @param besideBytes a fault: what else is charged to the sandbox and not counted. */
export async function memoryPart(
  sandbox: Sandbox,
  { share, besideBytes, patience }: { share: number; besideBytes: number; patience: Patience },
): Promise<Part> {
  const limit = sandbox.effective.memoryBytes ?? sandbox.declared.memoryBytes;
  const target = Math.round(limit * share) + besideBytes;
  const victim = await sandbox.keeper.startVictim();
  const course = new Course(sandbox.gauge, ({ memory }) => memory?.usageBytes, 'memory');
  let filling: MemoryFilling | undefined;
  return {
    part: 'memory',
    target,
    limit,
    victims: [victim],
    get deaths() {
      return filling?.deaths ?? [];
    },
    async start() {
      const missing = Math.max(0, target - (await course.read()));
      const workers = [new Worker(0, victim, missing)];
      const goal = { targetBytes: target, by: 'usage', isBeyond: false } as const;
      filling = new MemoryFilling({ signal: patience.signal }, goal, limit, { workers, course, patience });
      await filling.fill();
      if (filling.deaths.length > 0) return 'the victim was killed while it took memory';
      return filling.refusals.length > 0
        ? `memory was refused: ${filling.refusals[0]!.error ?? ''}`
        : undefined;
    },
    level: ({ reading }) => reading.memory?.usageBytes,
    isAt: (level) => Math.abs(level - target) <= limit * POINT,
    keep: async () => filling?.correct(1),
    release: () => releaseVictim(victim),
  };
}
