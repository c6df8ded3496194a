import { setTimeout as sleep } from 'node:timers/promises';
import type { GaugeReading } from '../model/gauge.ts';
import type { Recovery } from '../model/recovery.ts';
import type { Sandbox } from '../model/sandbox.ts';
import { FiguresGone } from '../pressure/figures-gone.ts';

const LOOK_EVERY_MS = 10;
const PATIENCE_MS = 5_000;
/** Of the memory limit. */
const TOLERATED_SHARE = 0.02;
const LEAST_TOLERATED_BYTES = 1024 * 1024;

export interface RecoveryOptions {
  /** How far over its baseline memory may stay, bytes; 2 % of the sandbox's limit by default. */
  readonly toleranceBytes?: number;
  /** How long it may take, ms; 5 s by default. */
  readonly patienceMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Watches a sandbox come back after the pressure was taken away, until its memory is within the tolerance of the baseline or the
 * patience is at its end, and says what stayed. Page cache does not count: the kernel takes it back whenever it wants.
 *
 * @throws FiguresGone where memory cannot be measured, before or now: a sandbox that is gone has not recovered.
 */
export async function measureRecovery(
  sandbox: Pick<Sandbox, 'gauge' | 'effective' | 'declared'>,
  baseline: GaugeReading,
  options: RecoveryOptions = {},
): Promise<Recovery> {
  const { patienceMs = PATIENCE_MS, signal } = options;
  const limit = sandbox.effective.memoryBytes ?? sandbox.declared.memoryBytes;
  const tolerance =
    options.toleranceBytes ?? Math.max(LEAST_TOLERATED_BYTES, Math.round(limit * TOLERATED_SHARE));
  const start = performance.now();
  let backAfterMs: number | undefined;
  let now: GaugeReading;
  for (;;) {
    now = await sandbox.gauge.read();
    signal?.throwIfAborted();
    const elapsed = performance.now() - start;
    if (heldBytes(now) <= heldBytes(baseline) + tolerance) {
      backAfterMs = elapsed;
      break;
    }
    if (elapsed >= patienceMs) break;
    await sleep(LOOK_EVERY_MS, undefined, { signal });
  }
  return {
    ...(backAfterMs === undefined ? {} : { backAfterMs }),
    patienceMs,
    ...residueOf(baseline, now),
  };
}

/** What is over the baseline; never less than 0. */
export function residueOf(
  baseline: GaugeReading,
  now: GaugeReading,
): Pick<Recovery, 'residueBytes' | 'residueFiles' | 'residueDescriptors' | 'residueProcesses'> {
  const over = (of: (reading: GaugeReading) => number): number => Math.max(0, of(now) - of(baseline));
  return {
    residueBytes: over(heldBytes),
    residueFiles: over(({ disk }) => disk?.files ?? 0),
    residueDescriptors: over(({ descriptors }) => sum(descriptors?.values() ?? [])),
    residueProcesses: over(({ descriptors, pids }) => descriptors?.size ?? pids?.current ?? 0),
  };
}

function heldBytes({ memory }: GaugeReading): number {
  if (memory === undefined) throw new FiguresGone('memory');
  return memory.usageBytes - memory.reclaimableBytes;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
