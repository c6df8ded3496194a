import type { CollectionOutcome } from '../../model/collection-outcome.ts';

/**
 * An older pytest (7.2, say) breaks down when it prints where the interrupt was, if that was the first instruction of a module, which
 * CPython from 3.11 on gives the line 0. It stops all the same, so that says nothing of the collection: another moment does.
 */
export function failedToShowIt(outcome: CollectionOutcome): boolean {
  if (outcome.kind !== 'plugin-failure' || !outcome.message.startsWith('IndexError')) return false;
  return /_pytest\/_code\/code\.py", line \d+, in get_source\b/.test(outcome.traceback ?? '');
}
