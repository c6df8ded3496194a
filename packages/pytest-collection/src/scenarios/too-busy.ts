import type { Judgement } from '@seaworthy/scenario';
import { formatDuration } from '../formats/quantity.ts';

/**
 * The judgement on a figure that a busy machine is to blame for.
 *
 * @param message the figure, in a sentence without its end
 * @param why `for 2 s of it other processes had the processors`
 */
export function tooBusy(message: string, why: string): Judgement {
  return { findings: [], inconclusive: [`${message}, but ${why}: the machine is too busy to tell.`] };
}

export function othersHadIt(waitedForCpuMs: number | null): string {
  return `for ${formatDuration(waitedForCpuMs ?? 0)} of it other processes had the processors`;
}
