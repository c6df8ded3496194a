import { expect, test } from 'vitest';
import { selectScenarios } from '../../src/scenarios/select-scenarios.ts';
import { aScenario } from './a-scenario.ts';

const all = [
  aScenario('imports/simple-cycle', ['fast']),
  aScenario('imports/leak', ['slow', 'memory']),
  aScenario('memory/gradual', ['memory']),
];

function ids(
  options: Partial<Parameters<typeof selectScenarios>[1]>,
  disabled: readonly string[] = [],
): readonly string[] {
  return selectScenarios(all, { patterns: [], groups: [], tags: [], ...options }, (id) =>
    disabled.includes(id),
  ).map(({ id }) => id);
}

test('nothing given selects all, in order', () => {
  expect(ids({})).toEqual(['imports/simple-cycle', 'imports/leak', 'memory/gradual']);
});

test('ids and globs add up, groups and tags narrow down', () => {
  expect(ids({ patterns: ['memory/gradual', 'imports/simple*'] })).toEqual([
    'imports/simple-cycle',
    'memory/gradual',
  ]);
  expect(ids({ groups: ['imports'], tags: ['memory'] })).toEqual(['imports/leak']);
  expect(ids({ tags: ['fast', 'slow'] })).toEqual(['imports/simple-cycle', 'imports/leak']);
  expect(ids({ patterns: ['memory/*'], groups: ['imports'] })).toEqual([]);
  expect(ids({ patterns: ['nothing/*'] })).toEqual([]);
});

test('disabled ones run only when they are named', () => {
  expect(ids({}, ['imports/leak'])).not.toContain('imports/leak');
  expect(ids({ patterns: ['imports/*'] }, ['imports/leak'])).not.toContain('imports/leak');
  expect(ids({ patterns: ['imports/leak'] }, ['imports/leak'])).toEqual(['imports/leak']);
});

test.each([
  [{ patterns: ['imports/leek'] }, /Unknown scenario "imports\/leek"\. Did you mean "imports\/leak"\?/],
  [{ patterns: ['imports'] }, /It is a group: use "imports\/\*" or --group imports/],
  [{ groups: ['import'] }, /Unknown group "import"\. Did you mean "imports"\?/],
  [{ tags: ['fats'] }, /Unknown tag "fats"\. Did you mean "fast"\?/],
])('%j is a mistake', (options, message) => {
  expect(() => ids(options)).toThrow(message);
});
