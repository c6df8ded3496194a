import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { agreementFindings, finderFindings } from '../finder/finder-findings.ts';
import { missingPython } from '../interpreter/requires-python.ts';
import { median } from '../statistics/median.ts';
import { judgeSimpleCycle } from './judge-simple-cycle.ts';
import { measureSimpleCycle } from './measure-simple-cycle.ts';
import { simpleCycleFaults } from './simple-cycle-faults.ts';
import { simpleCycleLimits } from './simple-cycle-limits.ts';
import type { SimpleCycleObservation } from './simple-cycle-observation.ts';
import { planSimpleCycle } from './simple-cycle-plan.ts';
import type { SimpleCyclePlan } from './simple-cycle-plan.ts';

/** imports/simple-cycle: three modules, one cycle, and CPython as the witness. */
export const simpleCycleScenario: Scenario<
  typeof simpleCycleLimits,
  SimpleCyclePlan,
  SimpleCycleObservation
> = defineScenario({
  id: 'imports/simple-cycle',
  title: 'A simple import cycle is found exactly',
  catches: 'an analysis that misses a cycle, invents one, or predicts what CPython does not do',
  tags: ['imports', 'pre-commit'],
  limits: simpleCycleLimits,
  footprint: { cores: 1, memoryBytes: 60_000_000 },
  budgetMs: 30_000,
  findings: { ...finderFindings, ...agreementFindings },
  requires: missingPython,
  plan: planSimpleCycle,
  measure: measureSimpleCycle,
  judge: judgeSimpleCycle,
  metrics: simpleCycleMetrics,
  faults: simpleCycleFaults,
});

function simpleCycleMetrics({
  searchMs,
  found,
  predicted,
  tried,
}: SimpleCycleObservation): readonly Metric[] {
  const crashed = (of: readonly { readonly outcome: string }[]): number =>
    of.filter((one) => one.outcome === 'crash').length;
  return [
    { name: 'search.duration', unit: 'ms', value: median(searchMs), samples: searchMs },
    { name: 'cycles.found', unit: 'count', value: found.length },
    { name: 'crashes.predicted', unit: 'count', value: crashed(predicted) },
    { name: 'crashes.tried', unit: 'count', value: crashed(tried) },
  ];
}
