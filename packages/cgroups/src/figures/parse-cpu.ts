import { parseField, parseNumber } from '../files/parse-number.ts';
import type { CpuFigures } from '../model/figures.ts';
import type { CgroupFileTexts } from './figure-files.ts';

/** CPU time of everything that was ever in a cgroup or below it, and what its quota held back. */
export function parseCpuFigures(texts: CgroupFileTexts, version: 1 | 2): CpuFigures | undefined {
  const stat = texts['cpu.stat'];
  const usageUs =
    version === 2 ? parseField(stat, 'usage_usec') : thousandth(parseNumber(texts['cpuacct.usage']));
  if (usageUs === undefined) return undefined;
  const throttledUs =
    version === 2 ? parseField(stat, 'throttled_usec') : thousandth(parseField(stat, 'throttled_time'));
  return {
    usageUs,
    periods: parseField(stat, 'nr_periods') ?? 0,
    throttledPeriods: parseField(stat, 'nr_throttled') ?? 0,
    throttledUs: throttledUs ?? 0,
  };
}

/** Version 1 counts ns. */
function thousandth(nanos: number | undefined): number | undefined {
  return nanos === undefined ? undefined : nanos / 1e3;
}
