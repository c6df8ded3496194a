import { expect, test } from 'vitest';
import { splitPassedOn } from '../../src/program/passed-on.ts';

test('what stands behind -- is for pytest, also further dashes', () => {
  expect(splitPassedOn(['collect', '--limit', '1g', 'x', '--', '-k', 'a b', '--', 'y'])).toEqual({
    own: ['collect', '--limit', '1g', 'x'],
    passedOn: ['-k', 'a b', '--', 'y'],
  });
  expect(splitPassedOn(['collect', '--'])).toEqual({ own: ['collect'], passedOn: [] });
});

test('other commands take it as it is', () => {
  expect(splitPassedOn(['imports', '--', '-x'])).toEqual({
    own: ['imports', '--', '-x'],
    passedOn: undefined,
  });
  expect(splitPassedOn(['collect', 'x'])).toEqual({ own: ['collect', 'x'], passedOn: undefined });
  expect(splitPassedOn(['--', 'collect'])).toEqual({ own: ['--', 'collect'], passedOn: undefined });
  expect(splitPassedOn([])).toEqual({ own: [], passedOn: undefined });
});
