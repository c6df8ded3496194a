import type { CollectionRun } from '../../model/collection-run.ts';
import type { Recording } from '../../model/recording.ts';

/** What nobody notices: a tenth of a second. */
export const LEAST_MS = 100;
/** What is worth it whatever the rest takes. */
const MUCH_MS = 1000;
const SHARE = 0.05;
const LEAST_BYTES = 20_000_000;
const BYTES_SHARE = 0.1;
/** Shorter phases say nothing of the machine. */
const LEAST_PHASE_MS = 20;

/**
 * Whether time is worth a reader's attention: at least 0.1 s, and of the whole run at least 5 %, or 1 s. So a healthy
 * project gets an empty list, however small it is. On a busy machine everything takes longer, and so do 0.1 s and 1 s.
 */
export function isWorthTelling(
  ms: number,
  { wallMs, recording }: Pick<CollectionRun, 'wallMs' | 'recording'>,
): boolean {
  const alone = ms / stretchOf(recording);
  return alone >= LEAST_MS && (ms >= SHARE * wallMs || alone >= MUCH_MS);
}

/**
 * Time of something that works rather than waits, ms: no longer than twice what its CPU time takes on a machine so busy, so
 * that one stop at which the machine did something else makes no cause.
 */
export function workOf(
  { wallMs, cpuMs }: { readonly wallMs: number; readonly cpuMs: number },
  { recording }: Pick<CollectionRun, 'recording'>,
): number {
  return Math.min(wallMs, 2 * cpuMs * stretchOf(recording));
}

/** The same for memory: at least 20 MB, and 10 % of the peak. */
export function isMuchMemory(bytes: number, { peak }: Pick<CollectionRun, 'peak'>): boolean {
  return bytes >= LEAST_BYTES && bytes >= BYTES_SHARE * peak.bytes;
}

/**
 * How many times longer everything took than it would have with a processor of its own: by the phase that was hindered
 * least, since what the project waits for itself is no fault of the machine's.
 */
export function stretchOf({ phases }: Pick<Recording, 'phases'>): number {
  const ratios = phases
    .filter(({ name, wallMs, cpuMs }) => name !== 'exit' && wallMs >= LEAST_PHASE_MS && cpuMs > 0)
    .map(({ wallMs, cpuMs }) => wallMs / cpuMs);
  return ratios.length === 0 ? 1 : Math.max(1, Math.min(...ratios));
}
