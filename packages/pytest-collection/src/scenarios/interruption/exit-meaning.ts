import type { CollectionRun } from '../../model/collection-run.ts';

/** What pytest's exit status 2 can stand for, which it does not say itself. */
export type ExitMeaning = 'interrupt' | 'collection-error' | 'circular-import';

/** CPython says so in every version from 3.8 on. */
const CIRCULAR = /partially initialized module/;

/** What a run ended for: told by what it recorded, never by the number. `other`: by nothing that gives a 2. */
export function meaningOf({ outcome }: Pick<CollectionRun, 'outcome'>): ExitMeaning | 'other' {
  if (outcome.kind === 'interrupted') return 'interrupt';
  if (outcome.kind !== 'errors') return 'other';
  const { errors } = outcome;
  const isCircular = errors.every(
    ({ message, traceback }) => CIRCULAR.test(message) || CIRCULAR.test(traceback),
  );
  return isCircular ? 'circular-import' : 'collection-error';
}
