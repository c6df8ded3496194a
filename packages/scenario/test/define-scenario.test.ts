import { expect, expectTypeOf, test } from 'vitest';
import { defineScenario } from '../src/scenario.ts';

const base = {
  title: '',
  catches: '',
  tags: [],
  limits: { warmest: { unit: 'count', default: 30, description: 'warmest' } },
  footprint: { cores: 1, memoryBytes: 0 },
  budgetMs: 1,
  findings: { HOT: { title: '', meaning: '', causes: [], fixes: [] } },
} as const;

test('infers limits, plan and observation from the definition', () => {
  defineScenario({
    ...base,
    id: 'sample/typed',
    plan: (_, limits) => {
      expectTypeOf(limits).toEqualTypeOf<{ readonly warmest: number }>();
      return { degrees: 20 };
    },
    measure: async (plan) => {
      expectTypeOf(plan).toEqualTypeOf<{ degrees: number }>();
      return { read: plan.degrees };
    },
    judge: ({ read }, { warmest }) => {
      expectTypeOf(read).toBeNumber();
      return { findings: [], inconclusive: read > warmest ? [] : ['cold'] };
    },
    metrics: ({ read }) => [{ name: 'read', unit: 'count', value: read }],
    faults: [],
  });
});

const rest = {
  plan: () => ({}),
  measure: async () => ({}),
  judge: () => ({ findings: [] }),
  metrics: () => [],
};

test.for(['thermometer', 'Sample/thermometer', 'sample/', 'sample/a--b', 'a/b/c', 'sample/a_b'])(
  '"%s" is no id',
  (id) => {
    expect(() => defineScenario({ ...base, ...rest, id, faults: [] })).toThrow(
      'Expected a scenario id of the form group/name',
    );
  },
);

test('a fault must raise a finding that is in the catalogue', () => {
  const fault = {
    id: 'f',
    breaks: 'x',
    raises: 'WET',
    inject: (plan: object) => plan,
    applied: () => undefined,
  };
  expect(() => defineScenario({ ...base, ...rest, id: 'sample/wet', faults: [fault] })).toThrow(
    "Expected sample/wet's fault f to raise one of its findings, got WET",
  );
});
