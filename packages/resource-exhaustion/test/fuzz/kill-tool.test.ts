import { createHash, randomInt } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectEngine } from '@seaworthy/container-engine';
import type { Environment } from '@seaworthy/scenario';
import { expect, onTestFinished, test } from 'vitest';
import type { Tier } from '../../src/model/sandbox.ts';
import { compareReceipts } from '../../src/safety/compare-receipts.ts';
import { hostReceipt } from '../../src/safety/host-receipt.ts';
import { imageEnvironment } from '../sandbox/places.ts';
import { VictimTool, type KillMode } from './victim-tool.ts';

const KILLS = 100;
const AT_ONCE = 5;
/** In which a kill comes, and how long after the tool was about to begin it, ms at most; by then it may be in the next one. */
const PHASES = [
  ['start', 400],
  ['open', 500],
  ['fill', 30],
  ['hold', 100],
  ['close', 100],
] as const;
/** Longer than any machine takes; how long this one took is printed. */
const CLEAN_WITHIN_MS = 60_000;
/** Of the instants of the kills: a run that fails can be repeated. */
const SEED = Number(process.env['KILL_SEED'] ?? randomInt(2 ** 31));

const cgroupTier: Tier = existsSync('/sys/fs/cgroup/cgroup.controllers') ? 'cgroup-v2' : 'cgroup-v1';

/** A number in [0, 1) for each kill and purpose. */
function chance(kill: number, purpose: string): number {
  return createHash('sha256').update(`${SEED}:${kill}:${purpose}`).digest().readUInt32BE() / 2 ** 32;
}

/** Of ten, about one hits all, three tool and guard. */
function modeOf(kill: number): KillMode {
  const lot = chance(kill, 'mode');
  return lot < 0.1 ? 'all' : lot < 0.4 ? 'tool and guard' : 'tool';
}

test(
  `${KILLS} kills of the tool while sandboxes are opened, filled, held and closed leave nothing`,
  { timeout: 600_000 },
  async () => {
    const engine = await connectEngine();
    const environment: Environment = await imageEnvironment();
    const cache = mkdtempSync(join(tmpdir(), 'killed-tools-cache-'));
    onTestFinished(() => rmSync(cache, { recursive: true, force: true }));
    const runs: string[] = [];
    const cleanMs: number[] = [];
    const seen = new Map<string, number>();
    const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);

    const killOne = async (kill: number): Promise<void> => {
      const tier = kill % 2 === 0 ? 'container' : cgroupTier;
      const mode = modeOf(kill);
      const [phase, latestMs] = PHASES[Math.floor(kill / 2) % PHASES.length] ?? PHASES[0];
      await using tool = new VictimTool(tier, environment, cache);
      await tool.reaches(phase);
      await sleep(chance(kill, 'instant') * latestMs);
      await tool.kill(mode);
      for (const what of [tier, mode, `in ${tool.phase}`]) count(what);
      if (tool.runId !== undefined) runs.push(tool.runId);
      if (mode === 'all') {
        if (tool.runId !== undefined) {
          expect(await tool.left(engine), 'nobody is there to remove it').not.toEqual([]);
        }
        expect((await tool.sweep()).left).toEqual([]);
      }
      const { ms, left } = await tool.waitUntilNothingIsLeft(engine, CLEAN_WITHIN_MS);
      expect(left, `${tier}, ${mode} killed in ${tool.phase} (KILL_SEED=${SEED}, kill ${kill})`).toEqual([]);
      cleanMs.push(ms);
    };
    const before = await hostReceipt(engine, { runs: ['of-nobody'] });
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < KILLS) await killOne(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));

    expect(cleanMs).toHaveLength(KILLS);
    expect(compareReceipts(before, await hostReceipt(engine, { runs }), Infinity)).toEqual([]);
    for (const [phase] of PHASES) expect(seen.get(`in ${phase}`), phase).toBeGreaterThan(0);
    cleanMs.sort((a, b) => a - b);
    console.info(
      `KILL_SEED=${SEED}: ${KILLS} kills (${[...seen].map(([what, times]) => `${times} ${what}`).join(', ')}): clean after ${Math.round(cleanMs[KILLS / 2] ?? 0)} ms (median), ${Math.round(cleanMs.at(-1) ?? 0)} ms (longest)`,
    );
  },
);
