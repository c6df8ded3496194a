import type { Metric } from '@seaworthy/scenario';
import type { Curve } from '../../model/exhaustion.ts';

/** A curve as a metric has it, multiplied. */
export function seriesOf(curve: Curve, factor = 1): NonNullable<Metric['series']> {
  return curve.map(([x, y]) => ({ x, y: y * factor }));
}
