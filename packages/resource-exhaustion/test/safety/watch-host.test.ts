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

test('a sandbox is ended once when the machine falls below the floor', async () => {
  const sandbox = ending();
  let available = 1000;
  const { signal } = new AbortController();
  await using watch = watchHost({ sandbox, floorBytes: 1000, signal, read: () => available });
  await sleep(120);
  expect([sandbox.times, watch.endedAt]).toEqual([0, undefined]);
  available = 999;
  await expect.poll(() => sandbox.times, { timeout: 30_000 }).toBe(1);
  await sleep(120);
  expect([sandbox.times, watch.endedAt]).toEqual([1, 999]);
});

test('who stopped watching ends nothing', async () => {
  const sandbox = ending();
  const controller = new AbortController();
  await using _stopped = watchHost({ sandbox, floorBytes: 1, signal: controller.signal, read: () => 0 });
  controller.abort();
  await await watchAndDispose(sandbox);
  await sleep(120);
  expect(sandbox.times).toBe(0);
});

async function watchAndDispose(sandbox: AsyncDisposable): Promise<void> {
  const { signal } = new AbortController();
  await watchHost({ sandbox, floorBytes: 1, signal, read: () => 0 })[Symbol.asyncDispose]();
}

test('this machine has free memory', async () => {
  const sandbox = ending();
  const { signal } = new AbortController();
  await using watch = watchHost({ sandbox, floorBytes: 2 ** 60, signal });
  await expect.poll(() => sandbox.times, { timeout: 30_000 }).toBe(1);
  expect(watch.endedAt).toBeGreaterThan(2 ** 20);
});
