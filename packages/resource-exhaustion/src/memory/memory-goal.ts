import { UsageError } from '@seaworthy/scenario';
import { asGiven } from '../pressure/as-given.ts';
import type { MemoryRequest } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import { checkTimes, checkWorkers } from '../pressure/check-request.ts';
import { PAGE } from './step-size.ts';

/** What a request comes to in a sandbox. */
export interface MemoryGoal {
  /** Usage of the whole sandbox, bytes. */
  readonly targetBytes: number;
  /** `usage`: steered by what the sandbox uses. `taken`: what the workers take is counted, whatever else is charged. */
  readonly by: 'usage' | 'taken';
  /** Steps as large near the target: it lies beyond the limit. */
  readonly isBeyond: boolean;
}

/**
 * Where no limit is enforced the declared one stands in, so that a missing limit shows as pressure that nothing stops.
 *
 * @throws UsageError where none, or more than one, or an impossible amount is asked for
 */
export function memoryGoal(request: MemoryRequest, sandbox: Sandbox, baselineBytes: number): MemoryGoal {
  const { share, bytes, overLimitShare, chunkBytes } = request;
  const asked = [share, bytes, overLimitShare].filter((one) => one !== undefined);
  if (asked.length !== 1 || !(asked[0]! > 0 && asked[0]! < Infinity) || (share !== undefined && share > 1)) {
    throw new UsageError(
      'MEMORY_REQUEST',
      `Expected one of share (above 0, up to 1), bytes and overLimitShare (above 0), got ${asGiven({ share, bytes, overLimitShare })}`,
    );
  }
  if (chunkBytes !== undefined && !(chunkBytes >= PAGE)) {
    throw new UsageError('MEMORY_REQUEST', `Expected chunkBytes to be ${PAGE} at least, got ${chunkBytes}`);
  }
  checkTimes({ holdMs: request.holdMs });
  checkWorkers(request.workers);
  const limit = sandbox.effective.memoryBytes ?? sandbox.declared.memoryBytes;
  if (share !== undefined) return { targetBytes: Math.round(limit * share), by: 'usage', isBeyond: false };
  if (bytes !== undefined) return { targetBytes: baselineBytes + bytes, by: 'taken', isBeyond: false };
  // Limits of single processes count what one takes itself, and not what was there before.
  const before = sandbox.tier === 'rlimit' ? baselineBytes : 0;
  return { targetBytes: Math.round(before + limit * (1 + overLimitShare!)), by: 'taken', isBeyond: true };
}
