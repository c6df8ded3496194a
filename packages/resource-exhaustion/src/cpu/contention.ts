/** What is promised of the mean, of the quota. */
const TOLERANCE = 0.02;

export interface ContentionEvidence {
  /** Of the quota, 0-1. */
  readonly targetShare: number;
  readonly meanShare: number;
  readonly quotaCores: number;
  readonly durationMs: number;
  /** Ready to run while others had the core, ms, without the quota's own waiting; absent where the kernel does not tell. */
  readonly waitedMs?: number | undefined;
  /** The quota held the load back nearly all the time. */
  readonly isStopped: boolean;
}

/**
 * Whether others had the cores: what a load did not get of what it asked for, it waited for. Where the kernel does not tell how
 * long it waited: whether it was below its target though the quota did not stop it, which a load that asks for less is as well.
 */
export function isContended(evidence: ContentionEvidence, tolerance: number = TOLERANCE): boolean {
  const { targetShare, meanShare, quotaCores, durationMs, waitedMs, isStopped } = evidence;
  const missing = targetShare - meanShare;
  if (missing <= tolerance) return false;
  return waitedMs === undefined ? !isStopped : waitedMs >= missing * quotaCores * durationMs;
}
