import { defineScenario } from '@seaworthy/scenario';
import type { Scenario } from '@seaworthy/scenario';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { memoryFindings, resultFindings, slowFindings } from '../collect/collect-findings.ts';
import { collectMetrics } from '../collect/collect-metrics.ts';
import { collectTree } from '../collect/collect-tree.ts';
import { judgeCollected } from '../collect/judge-collected.ts';
import type { ObservedCollection } from '../collect/observed-collection.ts';
import { missingPytest } from '../collect/requires-pytest.ts';
import { treeFaults } from '../collect/tree-faults.ts';
import { budgetFor } from '../collect/tree-plan.ts';
import type { TreePlan } from '../collect/tree-plan.ts';
import { nestedComplexLimits } from './nested-complex-limits.ts';
import { nestedTree, planNestedComplex } from './nested-complex-plan.ts';

/** collection/nested-complex: folders with conftests, classes that inherit, fixtures, and imports between the files. */
export function nestedComplexScenario(
  settings: CollectionScenarioSettings = {},
): Scenario<typeof nestedComplexLimits, TreePlan, ObservedCollection> {
  const { slow, leak, lostFiles, importError } = treeFaults(nestedTree, { slowFiles: 20 });
  return defineScenario({
    id: 'collection/nested-complex',
    title: 'Nested folders with classes, fixtures and imports are collected whole',
    catches:
      'conftests, inheritance or imports between test files that make a collection fail, slow or large',
    tags: ['collection', 'timing'],
    limits: nestedComplexLimits,
    footprint: { cores: 1, memoryBytes: 1_000_000_000, exclusive: true },
    budgetMs: budgetFor(nestedComplexLimits.maxDuration.default, settings.scale),
    findings: { ...slowFindings, ...memoryFindings, ...resultFindings },
    requires: missingPytest,
    plan: (environment, limits) => planNestedComplex(settings, environment, limits),
    measure: async (plan, context) => (await collectTree(plan, context, { title: 'collecting' })).observed,
    judge: judgeCollected,
    metrics: (observed) => collectMetrics(observed),
    faults: [slow, leak, lostFiles, importError],
  });
}
