import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { measuredRun } from '../typescript/measured-run.ts';
import type { Cost } from '../typescript/measured-run.ts';
import type { Contender } from './contenders.ts';

/** What a contender cost at its best, and what it printed. */
export interface Measured {
  readonly name: string;
  readonly cost?: Cost;
  readonly found: Readonly<Record<string, number>>;
  readonly failure?: string;
}

/** Slower ones run once: their figures need no more. */
const SLOW_SECONDS = 20;

/** Runs all by turns, so that what else the machine does hits all alike. The least of the CPU times is the least disturbed. */
export function measureContenders(
  contenders: readonly Contender[],
  folder: string,
  options: { readonly rounds: number; readonly scratch: string; readonly limitSeconds: number },
): Measured[] {
  const results = new Map<string, Measured>();
  for (let round = 0; round < options.rounds; round++) {
    for (const { name, command, absent } of contenders) {
      const before = results.get(name);
      if (before?.failure !== undefined || (before?.cost?.cpuSeconds ?? 0) > SLOW_SECONDS) continue;
      if (absent === undefined) results.set(name, better(before, runOnce(name, command, folder, options)));
      else results.set(name, { name, found: {}, failure: absent });
    }
  }
  return [...results.values()];
}

function runOnce(
  name: string,
  command: readonly string[],
  cwd: string,
  { scratch, limitSeconds }: { readonly scratch: string; readonly limitSeconds: number },
): Measured {
  const output = join(scratch, 'output');
  const run = measuredRun(command, { cwd, scratch, output, limitSeconds });
  if ('failure' in run) return { name, found: {}, failure: run.failure };
  try {
    return { name, cost: run.cost, found: JSON.parse(readFileSync(output, 'utf8')) as Measured['found'] };
  } catch {
    return { name, found: {}, failure: `printed ${readFileSync(output, 'utf8').slice(0, 60)}` };
  }
}

function better(one: Measured | undefined, other: Measured): Measured {
  if (one?.cost === undefined || other.cost === undefined) return other;
  const cost: Cost = {
    cpuSeconds: Math.min(one.cost.cpuSeconds, other.cost.cpuSeconds),
    wallSeconds: Math.min(one.cost.wallSeconds, other.cost.wallSeconds),
    peakMiB: Math.max(one.cost.peakMiB, other.cost.peakMiB),
  };
  return { ...other, cost };
}
