import type { AnyScenario } from '@seaworthy/scenario';

export function aScenario(id: string, tags: readonly string[] = []): AnyScenario {
  return {
    id,
    title: id,
    catches: 'nothing',
    tags,
    limits: { most: { unit: 'count', default: 5, max: 100, description: 'most of it' } },
    footprint: { cores: 1, memoryBytes: 1 },
    budgetMs: 1000,
    findings: {},
    plan: () => ({}),
    measure: () => Promise.resolve({}),
    judge: () => ({ findings: [] }),
    metrics: () => [],
    faults: [],
  };
}
