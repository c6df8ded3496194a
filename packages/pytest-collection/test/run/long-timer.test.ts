import { describe, expect, test } from 'vitest';
import { startTimer } from '../../src/run/long-timer.ts';

const passed = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

describe('startTimer', () => {
  test.each([0, 15, 25, 60])('waits %d ms, however often it must be set anew', async (ms) => {
    const start = performance.now();
    await new Promise<void>((done) => startTimer(ms, done, 10));
    // Node's timers may be 1 ms early, each of them.
    expect(performance.now() - start).toBeGreaterThanOrEqual(ms - 1 - Math.ceil(ms / 10));
  });

  test('stops also when it was set anew', async () => {
    let fired = false;
    const stop = startTimer(200, () => (fired = true), 5);
    await passed(20);
    stop();
    await passed(300);
    expect(fired).toBe(false);
  });

  test.each([2 ** 31, 600 * 3_600_000, Infinity])('does not take %d ms for none', async (ms) => {
    let fired = false;
    const stop = startTimer(ms, () => (fired = true));
    await passed(50);
    stop();
    expect(fired).toBe(false);
  });
});
