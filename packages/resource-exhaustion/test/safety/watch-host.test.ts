import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchHost } from '../../src/safety/watch-host.ts';

function ending(): AsyncDisposable & { times: number } {
  const sandbox = {
    times: 0,
    [Symbol.asyncDispose]: async () => {
      sandbox.times += 1;
    },
  };
  return sandbox;
}

/** What is available, and how often somebody looked. */
function machine(availableBytes: number): { availableBytes: number; looks: number; read(): number } {
  const one = {
    availableBytes,
    looks: 0,
    read: () => {
      one.looks += 1;
      return one.availableBytes;
    },
  };
  return one;
}

const EVERY_MS = 1;
const LONG = { timeout: 30_000, interval: 5 };

test('a sandbox is ended once when the machine falls below the floor, and nobody looks any more', async () => {
  const sandbox = ending();
  const here = machine(1000);
  const { signal } = new AbortController();
  await using watch = watchHost({ sandbox, floorBytes: 1000, signal, read: here.read, everyMs: EVERY_MS });
  await expect.poll(() => here.looks, LONG).toBeGreaterThan(5);
  expect([sandbox.times, watch.endedAt]).toEqual([0, undefined]);
  here.availableBytes = 999;
  await expect.poll(() => sandbox.times, LONG).toBe(1);
  const { looks } = here;
  await laterThan(EVERY_MS);
  expect([sandbox.times, watch.endedAt, here.looks]).toEqual([1, 999, looks]);
});

test.each(['an abort', 'its own end'])('%s ends the watch, and no sandbox', async (by) => {
  const sandbox = ending();
  const here = machine(1000);
  const controller = new AbortController();
  const { signal } = controller;
  await using watch = watchHost({ sandbox, floorBytes: 1000, signal, read: here.read, everyMs: EVERY_MS });
  await expect.poll(() => here.looks, LONG).toBeGreaterThan(0);
  if (by === 'an abort') controller.abort();
  else await watch[Symbol.asyncDispose]();
  here.availableBytes = 0;
  const { looks } = here;
  await laterThan(EVERY_MS);
  expect([sandbox.times, watch.endedAt, here.looks]).toEqual([0, undefined, looks]);
});

/** A timer that was set later and for longer fires later: one that still ran would have by then. */
async function laterThan(ms: number): Promise<void> {
  for (let times = 0; times < 5; times++) await sleep(ms * 10);
}

test('this machine has free memory', async () => {
  const sandbox = ending();
  const { signal } = new AbortController();
  await using watch = watchHost({ sandbox, floorBytes: 2 ** 60, signal });
  await expect.poll(() => sandbox.times, { timeout: 30_000 }).toBe(1);
  expect(watch.endedAt).toBeGreaterThan(2 ** 20);
});
