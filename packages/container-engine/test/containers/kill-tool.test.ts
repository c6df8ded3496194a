import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { sweepWorkspaces } from '@seaworthy/scenario';
import type { ContainerEngine } from '../../src/index.ts';
import { containersOf, testEngine, TINY } from '../test-engine.ts';

/** Of each kind: many in a search for leftovers, few in every test run. */
const KILLS = Number(process.env['KILLS'] ?? 4);
const AT_ONCE = 2;
/** Some start of a fourth or fifth container, at any instant of it. */
const LATEST_MS = 700;
const SEED = Number(process.env['KILL_SEED'] ?? randomInt(2 ** 31));

/** A number in [0, 1) for each kill, so that a run that fails can be repeated. */
function chance(kill: number): number {
  return createHash('sha256').update(`${SEED}:${kill}`).digest().readUInt32BE() / 2 ** 32;
}

interface Tool {
  readonly child: ChildProcess;
  readonly runId: string;
  readonly temporary: string;
  readonly guard: number;
}

/** Waits until three containers run, so that the fourth is being made. */
async function startTool(engine: ContainerEngine): Promise<Tool> {
  const temporary = mkdtempSync(join(tmpdir(), 'container-test-'));
  const program = join(import.meta.dirname, '../fixtures/container-tool.ts');
  const socket = engine.endpoint.kind === 'socket' ? engine.endpoint.path : '';
  const args = ['--conditions=@seaworthy/source', program, temporary, socket, TINY];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    // A test that failed leaves a ledger, without which nobody would remove what it says.
    await expect
      .poll(async () => (await sweepWorkspaces({ temporaryFolder: temporary })).left, { timeout: 30_000 })
      .toEqual([]);
    rmSync(temporary, { recursive: true, force: true });
  });
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += String(chunk)));
  await expect.poll(() => text.split('\n').length > 4, { timeout: 60_000 }).toBe(true);
  const { runId, folder } = JSON.parse(text.split('\n')[0] ?? '') as { runId: string; folder: string };
  const owner = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as { guard: { pid: number } };
  return { child, runId, temporary, guard: owner.guard.pid };
}

async function kill({ child, guard }: Tool, guardToo: boolean): Promise<void> {
  const gone = once(child, 'exit');
  if (guardToo) {
    child.kill('SIGSTOP'); // Or it might start another guard in between.
    process.kill(guard, 'SIGKILL');
  }
  child.kill('SIGKILL');
  await gone;
}

test.for([
  ['the tool', false],
  ['the tool and its guard', true],
] as const)(
  'kill -9 of %s with three containers and one being made: all are gone',
  { timeout: 900_000 },
  async ([, guardToo]) => {
    const engine = await testEngine();
    const times: number[] = [];
    let made = 0;
    const worker = async (first: number): Promise<void> => {
      for (let round = first; round < KILLS; round += AT_ONCE) {
        const tool = await startTool(engine);
        const instant = chance(round + (guardToo ? 100 : 0)) * LATEST_MS;
        await sleep(instant);
        await kill(tool, guardToo);
        made += (await containersOf(engine, `seaworthy-${tool.runId}-`)).length;
        const start = performance.now();
        await expect
          .poll(() => readdirSync(tool.temporary), { timeout: 60_000, message: `KILL_SEED=${SEED}` })
          .toEqual([]);
        times.push(performance.now() - start);
        // The folder goes last; and nothing may appear after it.
        expect(await containersOf(engine, `seaworthy-${tool.runId}-`), `KILL_SEED=${SEED}`).toEqual([]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => worker(first)));
    expect(made).toBeGreaterThan(KILLS * 2);
    times.sort((a, b) => a - b);
    console.info(
      `KILL_SEED=${SEED}: ${KILLS} kills, ${made} containers: clean after ${Math.round(times[Math.floor(KILLS / 2)] ?? 0)} ms (median), ${Math.round(times.at(-1) ?? 0)} ms (longest)`,
    );
  },
);

test('after a power cut, the next start removes them by the ledger', { timeout: 120_000 }, async () => {
  const engine = await testEngine();
  const tool = await startTool(engine);
  tool.child.kill('SIGSTOP');
  // The guard's second has the run's folder among its arguments, as the guard has.
  const guards = readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    const command = commandOf(name);
    return command.includes(tool.temporary) && command.includes('guard/main');
  });
  for (const guard of guards) process.kill(Number(guard), 'SIGKILL');
  await kill(tool, false);
  // Whom SIGKILL was sent to may live on for a moment, and a sweep leaves the run of a guard that lives alone.
  await expect.poll(() => guards.map(commandOf).join(''), { timeout: 30_000 }).toBe('');
  expect((await containersOf(engine, `seaworthy-${tool.runId}-`)).length).toBeGreaterThanOrEqual(3);
  const report = await sweepWorkspaces({ temporaryFolder: tool.temporary });
  expect(report).toMatchObject({ removed: [expect.stringContaining(tool.runId) as string], left: [] });
  expect(await containersOf(engine, `seaworthy-${tool.runId}-`)).toEqual([]);
});

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
}
