import type { MemoryProtection } from '../model/exhaustion.ts';

/** What a guard is asked before each step. */
export interface GuardQuestion {
  /** Of the sandbox, with what was granted and is not yet seen in it. */
  readonly usageBytes: number;
  /** Of the worker that asks. */
  readonly heldBytes: number;
  readonly stepBytes: number;
}

/** Whether the step may be taken. `limitBytes`: the effective limit, which a guard that was told another does not look at. */
export function guardGrants(
  protection: MemoryProtection,
  limitBytes: number,
  { usageBytes, heldBytes, stepBytes }: GuardQuestion,
): boolean {
  const most = protection.share * (protection.limitBytes ?? limitBytes);
  return (protection.counts === 'worker' ? heldBytes : usageBytes) + stepBytes <= most;
}
