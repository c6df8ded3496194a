import { expect, test } from 'vitest';
import { interruptionOf } from '../../src/commands/run-selected.ts';
import { Interrupted } from '../../src/interrupted.ts';

const interrupted = AbortSignal.abort(new Interrupted('SIGTERM'));
const quiet = new AbortController().signal;

test.each([
  ['came to its own end', [{}, {}], quiet, undefined],
  ['used up the budget of a scenario', [{ cutOff: 'budget' }], quiet, undefined],
  ['was cut off by nobody but the deadline', [{}, { cutOff: 'run' }], quiet, 'deadline'],
  ['was cut off by a signal', [{ cutOff: 'run' }, {}], interrupted, 'SIGTERM'],
  ['was complete when the signal came', [{}, {}], interrupted, undefined],
] as const)('a run that %s', (_, results, signal, by) => {
  expect(interruptionOf(results, signal)).toBe(by);
});
