import type { Cause, Finding } from '@seaworthy/scenario';
import { counted, formatBytes } from '../../formats/quantity.ts';
import type { HeavyRound } from '../repeated-collections/repeated-collections.ts';
import type { CollectionLeakObservation } from './collection-leak-observation.ts';

const SHOWN = 3;

/** What keeps the data of tests, as far as it can be seen. */
export function causeOfSurvivors({ count, heldBy }: HeavyRound['survivors']): Cause {
  const [holder] = heldBy;
  const data = `the data of ${counted(count, 'test')}`;
  if (count === 0) return { text: 'not the data of the tests itself, which is gone', certainty: 'certain' };
  return holder === undefined
    ? { text: `${data} is still referred to, from where cannot be seen`, certainty: 'unknown' }
    : { text: `${holder} leads to ${data}`, certainty: 'certain' };
}

/** What to do about something that leads to the data of tests. */
export function fixFor(holder: string): string {
  return holder.startsWith('the cache of _pytest.')
    ? 'Upgrade pytest: this version keeps the last session in a cache of its own'
    : `Take things out of ${holder} when the session ends (pytest_sessionfinish), or keep weak references`;
}

/** A line of code that stands out in the second process. */
export function causeOf({ diagnosis }: CollectionLeakObservation): Pick<Finding, 'cause' | 'location'> {
  const [first, ...others] = diagnosis?.lines ?? [];
  const rest = others.reduce((sum, line) => sum + line.bytes, 0);
  if (first === undefined || first.bytes < rest) {
    return { cause: { text: 'no single line of Python code stands out', certainty: 'unknown' } };
  }
  return {
    cause: { text: `${first.path}:${first.line} made most of the objects that stay`, certainty: 'certain' },
    location: { path: first.path, line: first.line },
  };
}

/** The figures of both processes, in words. */
export function evidenceOf({ repeated, diagnosis }: CollectionLeakObservation): readonly string[] {
  const megabytes = (bytes: number | null): string => (bytes === null ? '?' : (bytes / 1e6).toFixed(1));
  const { rounds, heavy } = repeated;
  return [
    `retained after each collection, in MB: ${rounds.map(({ retained }) => megabytes(retained)).join(' ')}`,
    ...(heavy === null
      ? []
      : [
          `with data, in MB: ${megabytes(heavy.before)} before, ${megabytes(heavy.held)} held, ${megabytes(heavy.retained)} after`,
        ]),
    ...(diagnosis?.lines.slice(0, SHOWN) ?? []).map(
      ({ path, line, bytes, objects }) =>
        `${path}:${line}: ${formatBytes(bytes)} in ${counted(objects, 'object')} more after a few collections`,
    ),
    ...(diagnosis?.types.slice(0, SHOWN) ?? []).map(
      ({ type, objects }) => `${counted(objects, 'object')} of type ${type} more`,
    ),
  ];
}
