import { expect, it } from 'vitest';
import type { CollectionOutcome } from '../../../src/model/collection-outcome.ts';
import { failedToShowIt } from '../../../src/scenarios/interruption/failed-to-show.ts';

const IN_PYTEST = `Traceback (most recent call last):
  File "/usr/lib/python3/dist-packages/_pytest/_code/code.py", line 751, in get_source
    lines.append(space_prefix + source.lines[line_index].strip())
IndexError: list index out of range
`;
const failure = (message: string, traceback: string): CollectionOutcome => ({
  kind: 'plugin-failure',
  message,
  traceback,
});

it('knows the breakdown of an old pytest that prints where the interrupt was', () => {
  expect(failedToShowIt(failure('IndexError: list index out of range', IN_PYTEST))).toBe(true);
});

it.each([
  ['another error there', failure('ValueError: bad', IN_PYTEST)],
  ['the same error elsewhere', failure('IndexError: list index out of range', 'File "conftest.py", line 3')],
  ['an interruption', { kind: 'interrupted', by: 'SIGINT', at: { phase: 'collect', atMs: 1 } } as const],
])('%s is none', (_, outcome) => {
  expect(failedToShowIt(outcome)).toBe(false);
});
