import { runScenarios, openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { limitsInForce } from '../../src/scenarios/limits-in-force.ts';
import { aScenario } from './a-scenario.ts';

const one = aScenario('group/one');
const two = { ...one, id: 'group/two', limits: { ...one.limits, least: { ...one.limits['most'] } } };
const scenarios = [one, two];
const place = (path: readonly string[]): string => `conf.ts:${String(path.length)}`;
const configured = (limits: Record<string, number>, id = 'group/two') => ({
  values: { scenarios: { [id]: { limits } } },
  place,
});

test('each limit knows where it comes from, and the command line wins', async () => {
  const limits = limitsInForce(scenarios, configured({ most: 7, least: 8 }), [
    { id: 'group/two', name: 'least', value: 9 },
  ]);
  await using workspace = await openWorkspace();
  const environment = { project: { root: '/' }, cores: 1, memoryBytes: 1e9 };
  const results = await runScenarios(scenarios, { environment, workspace, overrides: limits.overrides });
  expect(results.map((result) => limits.withSources(result))).toMatchObject([
    { limits: { most: 5 }, limitSources: { most: 'default' } },
    { limits: { most: 7, least: 9 }, limitSources: { most: 'conf.ts:4', least: '--limit' } },
  ]);
});

test.each([
  [configured({ mots: 1 }), [], /conf\.ts:4: .*no limit "mots"\. .*"most"/],
  [configured({ most: 101 }), [], /conf\.ts:4: .*101/],
  [
    configured({}, 'group/too'),
    [],
    /conf\.ts:2: Unknown scenario "group\/too"\. Did you mean "group\/two"\?/,
  ],
  [configured({}), [{ id: 'group/two', name: 'mots', value: 1 }], /--limit: .*no limit "mots"/],
  [configured({}), [{ id: 'group/twos', name: 'most', value: 1 }], /--limit: Unknown scenario "group\/twos"/],
])('a mistake names its place', (configuration, options, message) => {
  expect(() => limitsInForce(scenarios, configuration, options)).toThrow(message);
});
