import type { CollectionOutcome } from '../model/collection-outcome.ts';
import type { Ending } from './ending.ts';

/** The interpreter ended before it came to pytest. */
export function classifyStart({ recording, exit }: Ending): CollectionOutcome | undefined {
  if (recording.python !== undefined) return undefined;
  return {
    kind: 'no-pytest',
    message:
      `The interpreter ended with code ${exit.code} before it came to pytest; ` +
      'is it a Python 3.8 or later that works? What it printed last says more',
  };
}
