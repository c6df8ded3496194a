import type { Metric } from '@seaworthy/scenario';
import type { Estimate } from '../../statistics/estimate.ts';

/** An estimate and the finite ends of its interval for the record; nothing where there is none. */
export function estimateMetrics(
  name: string,
  unit: Metric['unit'],
  estimate: Estimate | undefined,
  samples?: readonly number[],
): readonly Metric[] {
  if (estimate === undefined || !Number.isFinite(estimate.value)) return [];
  const { value, low, high } = estimate;
  const series = samples?.map((y, i) => ({ x: i + 1, y }));
  return [
    { name, unit, value, ...(series === undefined ? {} : { series }) },
    ...(Number.isFinite(low) ? [{ name: `${name}.low`, unit, value: low }] : []),
    ...(Number.isFinite(high) ? [{ name: `${name}.high`, unit, value: high }] : []),
  ];
}
