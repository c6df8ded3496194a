import { describe, expect, it } from 'vitest';
import { collectionFindings, collectionScenarios } from '../../src/scenarios/index.ts';

const scenarios = collectionScenarios();

describe('collectionScenarios', () => {
  it('are the seven of the group, and the one on memory', () => {
    expect(scenarios.map((scenario) => scenario.id)).toEqual([
      'collection/simple-1000',
      'collection/nested-complex',
      'collection/parallel',
      'collection/memory-growth',
      'collection/circular-imports',
      'collection/interruption',
      'collection/project',
      'memory/collection-leak',
    ]);
  });

  it('have at least two faults each, with ids of their own', () => {
    for (const { faults } of scenarios) {
      expect(faults.length).toBeGreaterThanOrEqual(2);
      expect(new Set(faults.map((fault) => fault.id)).size).toBe(faults.length);
    }
  });

  it('have a default inside the bounds of every limit', () => {
    for (const { id, limits } of scenarios) {
      for (const [name, spec] of Object.entries(
        limits as Record<string, { default: number; min?: number; max?: number }>,
      )) {
        expect(spec.default, `${id} ${name}`).toBeGreaterThanOrEqual(spec.min ?? 0);
        expect(spec.default, `${id} ${name}`).toBeLessThanOrEqual(spec.max ?? Number.POSITIVE_INFINITY);
      }
    }
  });

  it('have the machine to themselves where they judge time or memory by what it does', () => {
    const exclusive = scenarios.filter(({ footprint }) => footprint.exclusive === true).map(({ id }) => id);
    expect(exclusive).toEqual(
      expect.arrayContaining([
        'collection/simple-1000',
        'collection/nested-complex',
        'collection/parallel',
        'collection/project',
      ]),
    );
  });

  it('are larger, and have more time, where the configuration scales them', () => {
    const environment = { project: { root: '/project' }, cores: 2, memoryBytes: 4e9 };
    const plans = (scale: number) =>
      collectionScenarios({ scale })
        .slice(0, 3)
        .map((scenario) => {
          const limits = Object.fromEntries(
            Object.entries(scenario.limits as Record<string, { default: number }>).map(([name, spec]) => [
              name,
              spec.default,
            ]),
          );
          const plan = scenario.plan(environment, limits) as { share: number; timeoutMs: number };
          return { share: plan.share, timeoutMs: plan.timeoutMs, fits: plan.timeoutMs < scenario.budgetMs };
        });
    expect(plans(1).map(({ share }) => share)).toEqual([1, 1, 1]);
    expect(plans(0.1).map(({ share }) => share)).toEqual([0.1, 0.1, 0.1]);
    expect(plans(10).map(({ timeoutMs }) => timeoutMs)).toEqual([900_000, 2_700_000, 2_250_000]);
    for (const { fits } of [0.01, 0.1, 1, 10].flatMap(plans)) expect(fits).toBe(true);
  });
});

describe('collectionFindings', () => {
  it('explain every code of every scenario, with the same text', () => {
    for (const { findings } of scenarios) {
      for (const [code, kind] of Object.entries(findings)) expect(collectionFindings[code]).toBe(kind);
    }
    const raised = new Set(scenarios.flatMap((scenario) => Object.keys(scenario.findings)));
    expect(new Set(Object.keys(collectionFindings))).toEqual(raised);
  });

  it.each(Object.entries(collectionFindings))('%s helps a newcomer', (code, kind) => {
    expect(code).toMatch(/^(COL|MEM)0\d\d$/);
    expect(kind.title.length).toBeLessThan(60);
    expect(kind.meaning.length).toBeGreaterThan(80);
    expect(kind.causes.length).toBeGreaterThan(0);
    expect(kind.fixes.length).toBeGreaterThan(0);
  });

  it('each are raised by a fault, or only ever warn, or would take minutes or a broken machine', () => {
    const proven = new Set(scenarios.flatMap((scenario) => scenario.faults.map((fault) => fault.raises)));
    const unproven = Object.keys(collectionFindings).filter((code) => !proven.has(code));
    expect(unproven.sort()).toEqual([
      'COL020',
      'COL034',
      'COL045',
      'COL051',
      'COL052',
      'COL054',
      'COL057',
      'COL061',
      'COL062',
      'COL063',
      'COL064',
      'COL065',
    ]);
  });
});
