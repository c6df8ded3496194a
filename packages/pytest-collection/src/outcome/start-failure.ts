import type { CollectionOutcome } from '../model/collection-outcome.ts';
import { NOT_PREPARED } from '../run/prepared-command.ts';
import type { Ending } from './ending.ts';

/** There is no pytest, or the interpreter ended before it could look for one. */
export function classifyStart({ recording, exit }: Ending): CollectionOutcome | undefined {
  if (recording.noPytest !== undefined) return { kind: 'no-pytest', message: recording.noPytest };
  if (recording.python !== undefined) return undefined;
  if (exit.code === NOT_PREPARED) {
    return {
      kind: 'no-pytest',
      message:
        'The interpreter was not started, because it could not be put into its cgroup or under its limit of address ' +
        `space (code ${NOT_PREPARED}). What was printed last says why`,
    };
  }
  return {
    kind: 'no-pytest',
    message:
      `The interpreter ended with code ${exit.code} before it came to pytest; ` +
      'is it a Python 3.8 or later that works? What it printed last says more',
  };
}
