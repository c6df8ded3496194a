const MB = 1e6;

/** The kernel counts in pages; the largest usual ones (arm64) are 64 KiB, a victim rounds up to its own. */
export const PAGE = 4096;

/**
 * The next step towards a target that is `remaining` away: chunks, then 1 MB, then 64 KiB, then pages, so that no step
 * is larger than half of what is left but the last ones. 0 when it is there.
 */
export function stepSize(remaining: number, chunk: number): number {
  if (remaining < PAGE) return 0;
  for (const step of [chunk, MB, 65_536]) {
    if (step <= chunk && remaining >= 2 * step) return step;
  }
  return Math.floor(remaining / PAGE) * PAGE;
}
