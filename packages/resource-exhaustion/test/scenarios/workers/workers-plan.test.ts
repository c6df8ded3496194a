import { expect, test } from 'vitest';
import { planWorkers } from '../../../src/scenarios/workers/workers-plan.ts';
import { workersLimits } from '../../../src/scenarios/workers/workers-limits.ts';
import { defaultsOf } from '../defaults-of.ts';
import { MIB } from '../observed.ts';

const environment = { project: { root: '/shop' }, cores: 2, memoryBytes: 8e9 };

const plan = (memoryBytes: number) => planWorkers(environment, defaultsOf(workersLimits), { memoryBytes });

test('8 workers, and four chunks for each where there is room', () => {
  expect(plan(256 * MIB)).toMatchObject({ counts: [1, 2, 4, 8], perWorkerBytes: 15_000_000 });
  expect(plan(1024 * MIB)).toMatchObject({ counts: [1, 2, 4, 8], perWorkerBytes: 20_000_000 });
});

test('fewer workers under a small limit, a chunk for each at least, together below three quarters of it', () => {
  for (const size of [96, 100, 128, 160, 200, 512]) {
    const { counts, perWorkerBytes } = plan(size * MIB);
    const most = counts.at(-1)!;
    expect(most).toBeGreaterThanOrEqual(4);
    expect(perWorkerBytes).toBeGreaterThanOrEqual(5_000_000);
    expect(9e6 + most * (perWorkerBytes + 9e6)).toBeLessThanOrEqual(0.75 * size * MIB);
  }
});
