import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { tellingLess } from '../sandbox/less-than-declared.ts';
import { requiresRoom } from '../sandbox/requires-room.ts';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { sandboxMetrics } from '../sandbox/sandbox-metrics.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import { judgeLimitsCombined } from './judge-limits-combined.ts';
import { limitsCombinedFaults } from './limits-combined-faults.ts';
import { limitsCombinedFindings } from './limits-combined-findings.ts';
import { limitsCombinedLimits } from './limits-combined-limits.ts';
import type { LimitsCombinedObservation } from './limits-combined-observation.ts';
import { planLimitsCombined } from './limits-combined-plan.ts';
import type { LimitsCombinedPlan } from './limits-combined-plan.ts';
import { measureLimitsCombined } from './measure-limits-combined.ts';

/** limits/combined: memory, CPU, descriptors and disk at once. */
export function limitsCombinedScenario(
  settings: ExhaustionSettings = {},
): Scenario<typeof limitsCombinedLimits, LimitsCombinedPlan, LimitsCombinedObservation> {
  return defineScenario({
    id: 'limits/combined',
    title: 'Several resources can be short at once, and control is kept',
    catches:
      'limits that do not fit together, control that is lost under pressure, and resources that do not come back',
    tags: ['limits', 'docker'],
    limits: limitsCombinedLimits,
    footprint: { cores: 1, memoryBytes: 2 ** 30, exclusive: true },
    budgetMs: 60_000,
    findings: { ...sandboxFindings, ...limitsCombinedFindings },
    requires: (environment) => requiresRoom(planSandbox(environment, settings)),
    plan: (environment, limits) => planLimitsCombined(environment, limits, settings),
    measure: measureLimitsCombined,
    judge: tellingLess(judgeLimitsCombined),
    metrics: limitsCombinedMetrics,
    faults: limitsCombinedFaults,
  });
}

function limitsCombinedMetrics({ sandbox, run }: LimitsCombinedObservation): readonly Metric[] {
  if (run === null) return sandboxMetrics(sandbox);
  const parts = run.parts.flatMap(({ part, held, before, afterwards }): Metric[] => {
    const unit = part === 'memory' || part === 'disk' ? 'bytes' : 'count';
    return [
      ...(before === undefined ? [] : [{ name: `${part}.before`, unit, value: before } as const]),
      ...(held === undefined ? [] : [{ name: `${part}.held`, unit, value: held.mean } as const]),
      ...(afterwards === undefined ? [] : [{ name: `${part}.afterwards`, unit, value: afterwards } as const]),
    ];
  });
  return [
    ...sandboxMetrics(sandbox),
    ...parts,
    { name: 'overlap', unit: 'ms', value: run.overlapMs },
    { name: 'control.slowest', unit: 'ms', value: run.control.slowestMs },
    { name: 'control.answered', unit: 'count', value: run.control.answered },
    { name: 'recovery', unit: 'ms', value: run.recoveredMs },
  ];
}
