/** What nobody notices: a tenth of a second. */
export const LEAST_MS = 100;
/** What is worth it whatever the rest takes. */
const MUCH_MS = 1000;
const SHARE = 0.05;
const LEAST_BYTES = 20_000_000;
const BYTES_SHARE = 0.1;

/**
 * Whether time is worth a reader's attention: at least 0.1 s, and of the whole run at least 5 %, or 1 s. So a healthy
 * project gets an empty list, however small it is.
 */
export function isWorthTelling(ms: number, wholeMs: number): boolean {
  return ms >= LEAST_MS && (ms >= SHARE * wholeMs || ms >= MUCH_MS);
}

/** The same for memory: at least 20 MB, and 10 % of the peak. */
export function isMuchMemory(bytes: number, peakBytes: number): boolean {
  return bytes >= LEAST_BYTES && bytes >= BYTES_SHARE * peakBytes;
}
