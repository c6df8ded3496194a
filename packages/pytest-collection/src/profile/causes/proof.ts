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

/**
 * What a fix saves, ms, of something that was tried without or not: what was measured where that proves anything, and
 * nothing that can be said where it does not. What was not tried, or could not be, saves its price.
 */
export function savedMs(without: Without | undefined, price: number): number | undefined {
  if (without?.sameTests !== true) return price;
  return isProven(without) ? without.savedMs : undefined;
}

/** What was measured, as evidence. */
export function measuredText({ lowMs, highMs, by }: Without): string {
  const what = by === 'cpu' ? ' of CPU time' : '';
  const range =
    lowMs > 0
      ? `${formatDuration(lowMs)} to ${formatDuration(highMs)}${what} less`
      : highMs < 0
        ? `${formatDuration(-highMs)} to ${formatDuration(-lowMs)}${what} more`
        : `${formatDuration(-lowMs)}${what} more to ${formatDuration(highMs)} less: unproven`;
  return `measured without it, in pairs: ${range}`;
}
