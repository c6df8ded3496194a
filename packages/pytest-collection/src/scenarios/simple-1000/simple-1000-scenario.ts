import { defineScenario } from '@seaworthy/scenario';
import type { Scenario } from '@seaworthy/scenario';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { memoryFindings, rateFindings, resultFindings, slowFindings } from '../collect/collect-findings.ts';
import { collectMetrics } from '../collect/collect-metrics.ts';
import { collectTree } from '../collect/collect-tree.ts';
import { judgeCollected } from '../collect/judge-collected.ts';
import type { ObservedCollection } from '../collect/observed-collection.ts';
import { missingPytest } from '../collect/requires-pytest.ts';
import { treeFaults } from '../collect/tree-faults.ts';
import { budgetFor } from '../collect/tree-plan.ts';
import type { TreePlan } from '../collect/tree-plan.ts';
import { simple1000Limits } from './simple-1000-limits.ts';
import { planSimple1000, simpleTree } from './simple-1000-plan.ts';

/** collection/simple-1000: a thousand plain test files, collected once without bytecode. */
export function simple1000Scenario(
  settings: CollectionScenarioSettings = {},
): Scenario<typeof simple1000Limits, TreePlan, ObservedCollection> {
  const { slow, slowStart, leak, lostFiles, importError, hang, crash, killed } = treeFaults(simpleTree, {
    slowFiles: 80,
  });
  return defineScenario({
    id: 'collection/simple-1000',
    title: 'A thousand plain test files are collected fast, whole and in little memory',
    catches: 'a pytest plugin or interpreter that makes every collection slow, large or incomplete',
    tags: ['collection', 'timing'],
    limits: simple1000Limits,
    footprint: { cores: 1, memoryBytes: 700_000_000, exclusive: true },
    budgetMs: budgetFor(simple1000Limits.maxDuration.default, settings.scale),
    findings: { ...slowFindings, ...memoryFindings, ...rateFindings, ...resultFindings },
    requires: missingPytest,
    plan: (environment, limits) => planSimple1000(settings, environment, limits),
    measure: async (plan, context) => (await collectTree(plan, context, { title: 'collecting' })).observed,
    judge: judgeCollected,
    metrics: (observed) => collectMetrics(observed),
    faults: [slow, slowStart, leak, lostFiles, importError, hang, crash, killed],
  });
}
