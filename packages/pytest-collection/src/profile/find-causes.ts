import type { CauseId, ProfileCause } from '../model/collection-profile.ts';
import { CAUSES } from './causes/index.ts';
import type { CauseInput } from './causes/cause-input.ts';

/** A list of a hundred heavy imports helps nobody. */
const MOST_OF_ONE_KIND = 10;

/** What ends a run, or makes its result a wrong one: it comes first, whatever it costs. */
const FATAL: ReadonlySet<CauseId> = new Set([
  'killed-for-memory',
  'hidden-exit-code',
  'musl',
  'extension-missing',
  'workers-exceed-memory',
]);

/**
 * What is wrong with a collection, and what to change; what ends a run first, then the most expensive first. Pure: it
 * measures nothing, and reads only through `readSource`.
 */
export function findCauses(input: CauseInput): ProfileCause[] {
  return CAUSES.flatMap((find) => atMost([...find(input)].sort(byCost)))
    .map((cause, index) => ({ cause, index }))
    .sort((left, right) => byCost(left.cause, right.cause) || left.index - right.index)
    .map(({ cause }) => cause);
}

function byCost(left: ProfileCause, right: ProfileCause): number {
  const fatal = Number(FATAL.has(right.id)) - Number(FATAL.has(left.id));
  return (
    fatal || (right.savesMs ?? 0) - (left.savesMs ?? 0) || (right.savesBytes ?? 0) - (left.savesBytes ?? 0)
  );
}

function atMost(causes: readonly ProfileCause[]): readonly ProfileCause[] {
  return causes.slice(0, MOST_OF_ONE_KIND);
}
