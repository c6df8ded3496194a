import type { CollectionProfile, RunFigures } from '../../../model/collection-profile.ts';
import type { PeakMemory } from '../../../model/peak-memory.ts';
import { formatBytes, formatLimit } from '../../quantity.ts';

/** Where things lie in a drawing of 1000 by 1000. */
export interface MemoryScale {
  readonly x: (ms: number) => number;
  readonly y: (bytes: number) => number;
  /** Bytes at its upper edge. */
  readonly top: number;
  /** Round amounts, bytes, and round times, ms, for the axes. */
  readonly amounts: readonly number[];
  readonly times: readonly number[];
  readonly lines: readonly MemoryLine[];
  /** Of what is too far above the curve to be drawn. */
  readonly remarks: readonly string[];
}

export interface MemoryLine {
  readonly kind: 'limit' | 'passes' | 'peak';
  readonly bytes: number;
  readonly label: string;
}

export function memoryScale(profile: CollectionProfile, run: RunFigures): MemoryScale {
  const most = Math.max(1, largest(run));
  const all = linesOf(profile, run, most);
  // A limit ten times as high would press the curve flat.
  const ceiling = 1.7 * Math.max(most, run.peak.bytes);
  const lines = all.filter(({ bytes }) => bytes <= ceiling);
  const top = 1.12 * Math.max(most, ...lines.map(({ bytes }) => bytes));
  return {
    x: (ms) => (1000 * Math.min(Math.max(ms, 0), run.wallMs)) / run.wallMs,
    y: (bytes) => 1000 - (1000 * Math.min(Math.max(bytes, 0), top)) / top,
    top,
    amounts: ticks(top, 4),
    times: [0, ...ticks(run.wallMs * 0.97, 6)],
    lines,
    remarks: all.filter(({ bytes }) => bytes > ceiling).map(({ label }) => `not drawn, far above: ${label}`),
  };
}

function largest({ memory }: RunFigures): number {
  return memory.reduce((top, { bytes }) => Math.max(top, bytes), 0);
}

function linesOf(
  { outcome, smallestLimit, workers }: CollectionProfile,
  { peak }: RunFigures,
  most: number,
): MemoryLine[] {
  const lines: MemoryLine[] = [];
  const hit = outcome.kind === 'killed-for-memory' ? outcome.limitBytes : undefined;
  if (hit !== undefined)
    lines.push({ kind: 'limit', bytes: hit, label: `limit that was hit: ${formatLimit(hit)}` });
  else if (workers !== undefined)
    lines.push({
      kind: 'limit',
      bytes: workers.limit,
      label: `limit (${workers.origin}): ${formatLimit(workers.limit)}`,
    });
  if (smallestLimit !== undefined)
    lines.push({
      kind: 'passes',
      bytes: smallestLimit.passes,
      label: `smallest limit that passes: ${formatLimit(smallestLimit.passes)}`,
    });
  if (peak.source !== 'none' && Math.abs(peak.bytes - most) > 0.02 * most)
    lines.push({
      kind: 'peak',
      bytes: peak.bytes,
      label: `${peakLabel(peak)}: ${formatBytes(peak.bytes)}`,
    });
  return lines;
}

/** About so many round values between 0 and a largest one. */
function ticks(most: number, count: number): number[] {
  const rough = most / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10);
  const values: number[] = [];
  for (let value = step; value <= most; value += step) values.push(value);
  return values;
}

/** A control group counts no page that another group read first: its peak may lie below resident memory. */
function peakLabel({ source }: PeakMemory): string {
  return source === 'high-water-marks' ? 'peak of all processes' : 'peak that a limit counts';
}
