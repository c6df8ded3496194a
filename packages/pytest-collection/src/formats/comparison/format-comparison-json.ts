import type { AnyComparison } from './comparison-facts.ts';

/** A comparison itself as JSON. An end of an interval that too few pairs leave open is `null`. */
export function formatComparisonJson(comparison: AnyComparison): string {
  return `${JSON.stringify({ schemaVersion: 1, ...comparison }, null, 2)}\n`;
}
