import { expect, test } from 'vitest';
import type { Keeper } from '../../src/model/sandbox.ts';
import { assembleSandbox } from '../../src/sandbox/assemble-sandbox.ts';
import type { OpenedTier, TierPlan } from '../../src/sandbox/tier-plan.ts';

const GIB = 2 ** 30;
const LONG = { timeout: 30_000 };

/** A place in which nothing runs, and whether it was closed. */
function place(
  deadlineMs: number,
  signal: AbortSignal,
): { opened: OpenedTier; keeperEnds(): void; closed: boolean } {
  const stack = new AsyncDisposableStack();
  const { promise: ended, resolve } = Promise.withResolvers<Awaited<Keeper['ended']>>();
  const limits = { memoryBytes: GIB, cpus: 1, pids: 1, descriptors: 1, diskBytes: 1 };
  const one = {
    closed: false,
    keeperEnds: () => resolve({ code: 0, signal: null }),
    opened: {
      tier: 'rlimit',
      place: 'somewhere',
      plan: { limits, deadlineMs, signal, without: [], keeper: 'python' } as unknown as TierPlan,
      effective: {},
      diskFolder: '/disk',
      gauge: { source: 'proc', read: async () => ({ at: 0n }) },
      keeper: { ended } as Keeper,
      stack,
    } as OpenedTier,
  };
  stack.defer(() => void (one.closed = true));
  return one;
}

test('a machine that runs out of memory ends it, and it says so', async () => {
  const one = place(600_000, new AbortController().signal);
  let available = 2 * GIB;
  await using sandbox = assembleSandbox(one.opened, {
    notHad: [],
    floorBytes: GIB,
    readAvailable: () => available,
  });
  expect(sandbox.ended).toBeUndefined();
  available = GIB / 2;
  await expect.poll(() => one.closed, LONG).toBe(true);
  expect(sandbox.ended).toBe('this machine had 512 MiB of memory left, and 1 GiB must stay free');
});

test('so do its deadline, by the keeper’s own clock or from outside, and the end of the run', async () => {
  const options = { notHad: [], floorBytes: 0 };
  const late = place(1, new AbortController().signal);
  await using byKeeper = assembleSandbox(late.opened, options);
  await new Promise((resolve) => setTimeout(resolve, 20));
  late.keeperEnds();
  await expect.poll(() => byKeeper.ended, LONG).toMatch(/^its deadline of 0 s was over/);

  const controller = new AbortController();
  const interrupted = place(600_000, controller.signal);
  await using byRun = assembleSandbox(interrupted.opened, options);
  controller.abort();
  expect(byRun.ended).toBe('the run was interrupted');
});

test('its owner ends it without a reason, and so does a keeper that is killed early', async () => {
  const options = { notHad: [], floorBytes: 0 };
  const one = place(600_000, new AbortController().signal);
  const sandbox = assembleSandbox(one.opened, options);
  one.keeperEnds();
  await one.opened.keeper.ended;
  await sandbox[Symbol.asyncDispose]();
  expect([sandbox.ended, one.closed]).toEqual([undefined, true]);
});
