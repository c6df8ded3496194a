import type { Metric } from '@seaworthy/scenario';
import type { ObservedSandbox } from './observed-sandbox.ts';

/** The limits that were really in force, for the record. */
export function sandboxMetrics({ effective }: ObservedSandbox): readonly Metric[] {
  return Object.entries(effective).map(([name, value]) => ({
    name: `limit.${name.replace(/Bytes$/, '')}`,
    unit: name.endsWith('Bytes') ? 'bytes' : 'count',
    value,
  }));
}
