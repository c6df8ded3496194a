import { formatDuration } from '../../formats/quantity.ts';
import type { PluginCost } from '../../model/collection-profile.ts';

export type Without = NonNullable<PluginCost['without']>;

/** Collecting without it was faster beyond doubt, and found the same tests. */
export function isProven(without: Without | undefined): without is Without {
  return without?.sameTests === true && without.lowMs > 0;
}

/** Collecting without it was not faster. CPU time cannot say so of a plugin that waits. */
export function isDisproven(without: Without | undefined): boolean {
  return without?.sameTests === true && without.by !== 'cpu' && without.highMs <= 0;
}

/** What was measured, as evidence. */
export function measuredText({ lowMs, highMs, by }: Without): string {
  const what = by === 'cpu' ? ' of CPU time' : '';
  return `measured without it, in pairs: ${formatDuration(lowMs)} to ${formatDuration(highMs)}${what} less`;
}
