import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { readTick, startCanary } from '../../src/safety/canary/start-canary.ts';

test('a neighbour that nobody disturbs ticks on', async () => {
  await using workspace = await openWorkspace();
  await using canary = await startCanary(workspace);
  await expect.poll(() => canary.verdict().ticks, { timeout: 30_000 }).toBeGreaterThan(5);
  const verdict = canary.verdict();
  expect(verdict).toMatchObject({ alive: true, refusedAllocations: 0 });
  expect(verdict.usualStallMs).toBeLessThanOrEqual(verdict.longestStallMs);
});

test('one that is stopped for a while says how long', async () => {
  await using workspace = await openWorkspace();
  await using canary = await startCanary(workspace);
  process.kill(canary.pid, 'SIGSTOP');
  const state = (): string => readFileSync(`/proc/${canary.pid}/stat`, 'latin1');
  await expect.poll(state, { timeout: 30_000 }).toMatch(/\) T /);
  await sleep(300);
  process.kill(canary.pid, 'SIGCONT');
  // It is due every 20 ms.
  await expect.poll(() => canary.verdict().longestStallMs, { timeout: 30_000 }).toBeGreaterThanOrEqual(280);
});

test('one that is killed is not alive', async () => {
  await using workspace = await openWorkspace();
  await using canary = await startCanary(workspace);
  canary.kill('SIGKILL');
  await expect.poll(() => canary.verdict().alive, { timeout: 30_000 }).toBe(false);
  // Nobody is signalled by a number that may be another's.
  expect(() => canary.kill('SIGKILL')).not.toThrow();
});

test('a line that was torn when it was killed says nothing', () => {
  expect(readTick('[0.4,false]')).toEqual({ lateMs: 0.4, refused: false });
  expect(readTick('[12,true]')).toEqual({ lateMs: 12, refused: true });
  for (const torn of ['', '[0.4', '[0.4,fal', 'null', 'Trace: out of memory'])
    expect(readTick(torn)).toBeUndefined();
});
