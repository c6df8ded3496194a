import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { median } from '../statistics/median.ts';

/** How much else the machine did during a measurement. Plain data. */
export interface Contention {
  /** 0: nobody waited for a processor; 1: somebody always did. */
  readonly index: number;
  readonly level: 'quiet' | 'some' | 'heavy';
  /** Median of wall against CPU time of the runs; missing where no run is known. */
  readonly wallPerCpu?: number;
  /** Share of the time in which a task waited for a processor, by `/proc/pressure/cpu`. */
  readonly pressure?: number;
  /** Share of all processor time that a hypervisor gave to others. */
  readonly stolen?: number;
  /** Tasks that ran or wanted to run, for each core: average of the last minute. */
  readonly loadPerCore?: number;
}

/** What the kernel's counters say at one moment; what a system does not have is missing. */
export interface ContentionSample {
  /** ms of some clock that never goes back. */
  readonly atMs: number;
  /** Microseconds in which some task waited, since the start of the system. */
  readonly waitedUs?: number;
  /** Processor time since the start of the system, all of it and what was stolen, in the same unit. */
  readonly ticks?: { readonly all: number; readonly stolen: number };
  readonly load?: number;
}

/** Reads `/proc/pressure/cpu`, `/proc/stat` and `/proc/loadavg`, as far as they exist. */
export function sampleContention(
  read: (path: string) => string | undefined = readText,
  atMs: number = performance.now(),
): ContentionSample {
  const waited = /^some .*total=(\d+)/m.exec(read('/proc/pressure/cpu') ?? '')?.[1];
  const ticks = /^cpu +([\d ]+)/m
    .exec(read('/proc/stat') ?? '')?.[1]
    ?.trim()
    .split(/ +/)
    .map(Number);
  const load = /^([\d.]+) /.exec(read('/proc/loadavg') ?? '')?.[1];
  return {
    atMs,
    ...(waited === undefined ? {} : { waitedUs: Number(waited) }),
    // Columns 9 and 10 are time of guests, which user and nice contain already.
    ...(ticks === undefined
      ? {}
      : { ticks: { all: ticks.slice(0, 8).reduce((sum, part) => sum + part, 0), stolen: ticks[7] ?? 0 } }),
    ...(load === undefined ? {} : { load: Number(load) }),
  };
}

/**
 * How much the machine was shared between two samples. The kernel's own account of waiting counts where there is one,
 * since wall above CPU time may also be a program that sleeps; else stolen time and the load above one task a core.
 *
 * @param runs wall and CPU time (ms) of what ran in between
 */
export function contentionIndex(
  before: ContentionSample,
  after: ContentionSample,
  runs: readonly { readonly wallMs: number; readonly cpuMs: number }[] = [],
  cores: number = availableParallelism(),
): Contention {
  const elapsedUs = (after.atMs - before.atMs) * 1000;
  const pressure =
    before.waitedUs === undefined || after.waitedUs === undefined || elapsedUs <= 0
      ? undefined
      : share((after.waitedUs - before.waitedUs) / elapsedUs);
  const stolen = stolenShare(before, after);
  const loadPerCore = after.load === undefined ? undefined : after.load / cores;
  const wallPerCpu = runs.length === 0 ? undefined : median(runs.map(({ wallMs, cpuMs }) => wallMs / cpuMs));
  const crowd = loadPerCore === undefined ? 0 : share(1 - 1 / Math.max(loadPerCore, 1));
  const index = Math.max(pressure ?? crowd, stolen ?? 0);
  return {
    index,
    level: index < 0.1 ? 'quiet' : index < 0.4 ? 'some' : 'heavy',
    ...(wallPerCpu === undefined ? {} : { wallPerCpu }),
    ...(pressure === undefined ? {} : { pressure }),
    ...(stolen === undefined ? {} : { stolen }),
    ...(loadPerCore === undefined ? {} : { loadPerCore }),
  };
}

function stolenShare(before: ContentionSample, after: ContentionSample): number | undefined {
  if (before.ticks === undefined || after.ticks === undefined) return undefined;
  const all = after.ticks.all - before.ticks.all;
  return all <= 0 ? undefined : share((after.ticks.stolen - before.ticks.stolen) / all);
}

const share = (value: number): number => Math.min(Math.max(value, 0), 1);

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
