import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { missingSubjectPython } from '../interpreter/requires-python.ts';
import { growthOf, judgeLeak } from './judge-leak.ts';
import { leakFaults } from './leak-faults.ts';
import { leakFindings } from './leak-findings.ts';
import { leakLimits } from './leak-limits.ts';
import type { LeakObservation, Rounds } from './leak-observation.ts';
import { planLeak } from './leak-plan.ts';
import type { LeakPlan } from './leak-plan.ts';
import { measureLeak } from './measure-leak.ts';

/** imports/leak: import and unload, again and again. */
export const leakScenario: Scenario<typeof leakLimits, LeakPlan, LeakObservation> = defineScenario({
  id: 'imports/leak',
  title: 'Circular modules go when they are unloaded',
  catches: 'memory that grows with every import, reload or in-process collection',
  tags: ['imports', 'memory', 'pre-commit'],
  limits: leakLimits,
  footprint: { cores: 1, memoryBytes: 100_000_000 },
  budgetMs: 60_000,
  findings: leakFindings,
  requires: missingSubjectPython,
  plan: planLeak,
  measure: measureLeak,
  judge: judgeLeak,
  metrics: leakMetrics,
  faults: leakFaults,
});

function leakMetrics({ resident, traced }: LeakObservation): readonly Metric[] {
  const of = (name: string, rounds: Rounds): Metric[] => {
    const { total, mean, worst } = growthOf(rounds);
    return [
      {
        name: `${name}.growth`,
        unit: 'bytes',
        value: total,
        samples: rounds.figures,
        series: rounds.figures.map((y, x) => ({ x, y })),
      },
      { name: `${name}.growth.mean`, unit: 'bytes', value: mean },
      { name: `${name}.growth.worst-round`, unit: 'bytes', value: worst },
    ];
  };
  const survivors = traced.survivors.reduce((sum, survivor) => sum + survivor.count, 0);
  return [
    ...(resident === null ? [] : of('resident', resident)),
    ...of('traced', traced),
    { name: 'survivors', unit: 'count', value: survivors },
  ];
}
