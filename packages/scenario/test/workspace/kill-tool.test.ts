import { spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { isAlive } from '../../src/process/process-identity.ts';
import { sweepWorkspaces } from '../../src/workspace/sweep-workspaces.ts';
import { RunningTool, temporaryFolder } from './running-tool.ts';

const KILLS = 32;
const GUARD_KILLS = 16;
const AT_ONCE = 4;
const LATEST_MS = 500;
/** Longer than any machine takes; how long this one took is printed. */
const CLEAN_WITHIN_MS = 60_000;
/** Of the instants of the kills: a run that fails can be repeated. */
const SEED = Number(process.env['KILL_SEED'] ?? randomInt(2 ** 31));

/** A number in [0, 1) for each kill. */
function chance(kill: number): number {
  return createHash('sha256').update(`${SEED}:${kill}`).digest().readUInt32BE() / 2 ** 32;
}

test(`kill -9 of the tool at ${KILLS} random instants leaves nothing`, { timeout: 600_000 }, async () => {
  const times: number[] = [];
  let opened = 0;
  let kills = 0;
  /** Every other kill comes at any instant of the start, the rest while things are being made. */
  const killOne = async (whileBusy: boolean): Promise<void> => {
    using temporary = temporaryFolder();
    await using tool = new RunningTool(temporary.path);
    tool.child.stdout?.once('data', () => (opened += 1));
    if (whileBusy) await tool.ready();
    const instant = chance((kills += 1)) * LATEST_MS;
    await sleep(instant);
    await tool.kill();
    const { ms, left } = await tool.waitUntilNothingIsLeft(CLEAN_WITHIN_MS);
    expect(left, `left ${CLEAN_WITHIN_MS} ms after a kill at ${instant} ms (KILL_SEED=${SEED})`).toEqual([]);
    times.push(ms);
  };
  const worker = async (): Promise<void> => {
    for (let kill = 0; kill < KILLS / AT_ONCE; kill += 1) await killOne(kill % 2 === 0);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  expect(times).toHaveLength(KILLS);
  expect(opened, 'runs that had begun to make things').toBeGreaterThanOrEqual(KILLS / 2);
  times.sort((a, b) => a - b);
  console.info(
    `KILL_SEED=${SEED}: ${KILLS} kills, ${opened} after the workspace was open: clean after ${Math.round(times[KILLS / 2] ?? 0)} ms (median), ${Math.round(times.at(-1) ?? 0)} ms (longest)`,
  );
});

test(
  `kill -9 of tool and guard at ${GUARD_KILLS} random instants leaves nothing`,
  { timeout: 600_000 },
  async () => {
    const times: number[] = [];
    const worker = async (first: number): Promise<void> => {
      for (let kill = first; kill < GUARD_KILLS; kill += AT_ONCE) {
        using temporary = temporaryFolder();
        await using tool = new RunningTool(temporary.path);
        const { owner } = await tool.ready();
        const instant = chance(1_000 + kill) * LATEST_MS;
        await sleep(instant);
        // Either may be first, and the tool may have the time to start another guard, or not.
        if (kill % 2 === 0) await tool.killWithGuard(owner.guard);
        else {
          await tool.kill();
          if (owner.guard !== undefined && isAlive(owner.guard)) process.kill(owner.guard.pid, 'SIGKILL');
        }
        const { ms, left } = await tool.waitUntilNothingIsLeft(CLEAN_WITHIN_MS);
        expect(left, `left after a kill at ${instant} ms (KILL_SEED=${SEED})`).toEqual([]);
        times.push(ms);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => worker(first)));
    expect(times).toHaveLength(GUARD_KILLS);
    times.sort((a, b) => a - b);
    console.info(
      `${GUARD_KILLS} kills of tool and guard: clean after ${Math.round(times[GUARD_KILLS / 2] ?? 0)} ms (median), ${Math.round(times.at(-1) ?? 0)} ms (longest)`,
    );
  },
);

test(
  'kill -9 of tool, guard and second together: the next sweep removes everything, and nothing else',
  { timeout: 240_000 },
  async () => {
    using temporary = temporaryFolder();
    const stranger = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
    onTestFinished(() => void stranger.kill('SIGKILL'));
    for (let round = 0; round < 6; round += 1) {
      await using tool = new RunningTool(temporary.path);
      await tool.ready();
      await sleep(chance(KILLS + 1 + round) * 300);
      await tool.killWithBoth();
      expect(tool.left().length).toBeGreaterThan(0);

      mkdirSync(join(temporary.path, 'seaworthy-of-someone-else'), { recursive: true });
      const report = await sweepWorkspaces({ temporaryFolder: temporary.path });
      expect(report.removed).toHaveLength(1);
      expect(tool.left()).toEqual(['seaworthy-of-someone-else']);
    }
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
  },
);

test('two runs at once do not disturb each other', { timeout: 240_000 }, async () => {
  using first = temporaryFolder();
  await using killed = new RunningTool(first.path);
  await using kept = new RunningTool(first.path);
  const run = await killed.ready();
  const other = await kept.ready();
  await sleep(300);
  await killed.kill();
  const count = (): number => kept.left().filter((line) => line.includes(kept.token)).length;
  await expect
    .poll(() => killed.left().filter((line) => line.includes(run.runId) || line.includes(killed.token)), {
      timeout: 60_000,
    })
    .toEqual([]);
  expect(isAlive(other.owner.tool)).toBe(true);
  expect(count()).toBeGreaterThan(5);

  const report = await sweepWorkspaces({ temporaryFolder: first.path });
  expect(report).toMatchObject({ removed: [], processesEnded: 0, left: [{ folder: other.folder }] });
  expect(count()).toBeGreaterThan(5);
  await kept.kill();
  expect((await kept.waitUntilNothingIsLeft(CLEAN_WITHIN_MS)).left).toEqual([]);
});
