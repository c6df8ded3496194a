import { MEMORY_GUARD_PREFIX } from '../memory-guard/memory-guard.ts';
import type { CollectionOutcome } from '../model/collection-outcome.ts';
import type { Ending } from './ending.ts';

type GuardWords = Pick<Extract<CollectionOutcome, { kind: 'killed-for-memory' }>, 'said' | 'advice'>;

/** What our memory guard said, where it ended the run: its reason, its figures, and what it advises. */
export function guardWords({ guardReason, recording }: Ending): GuardWords | undefined {
  const text = guardReason ?? recording.ending?.reason ?? '';
  const at = text.indexOf(MEMORY_GUARD_PREFIX);
  if (at < 0) return guardReason === undefined ? undefined : {};
  const [reason = '', ...rest] = text.slice(at).trimEnd().split('\n');
  // Each worker of a parallel run appends its own; the first one tells what began it.
  const next = rest.findIndex((line) => line.startsWith(MEMORY_GUARD_PREFIX));
  const facts = (next < 0 ? rest : rest.slice(0, next)).map((line) => line.trim());
  const advice = facts.find((line) => line.startsWith('fix:'))?.replace(/^fix:\s*/, '');
  const shown = facts
    .filter((line) => /^(?:grew|limit):/.test(line))
    .map((line) => line.replace(/:\s+/, ': '));
  return { said: [reason, ...shown], ...(advice === undefined ? {} : { advice }) };
}
