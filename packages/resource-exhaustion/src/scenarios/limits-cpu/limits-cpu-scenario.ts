import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { seriesOf } from '../sandbox/curves.ts';
import { requiresRoom } from '../sandbox/requires-room.ts';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { sandboxMetrics } from '../sandbox/sandbox-metrics.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import { judgeLimitsCpu } from './judge-limits-cpu.ts';
import { limitsCpuFaults } from './limits-cpu-faults.ts';
import { limitsCpuFindings } from './limits-cpu-findings.ts';
import { limitsCpuLimits } from './limits-cpu-limits.ts';
import type { LimitsCpuObservation } from './limits-cpu-observation.ts';
import { planLimitsCpu } from './limits-cpu-plan.ts';
import type { LimitsCpuPlan } from './limits-cpu-plan.ts';
import { measureLimitsCpu } from './measure-limits-cpu.ts';

/** limits/cpu: 70, 90 and 100 % of the quota in force, and quiet afterwards. */
export function limitsCpuScenario(
  settings: ExhaustionSettings = {},
): Scenario<typeof limitsCpuLimits, LimitsCpuPlan, LimitsCpuObservation> {
  return defineScenario({
    id: 'limits/cpu',
    title: 'A CPU quota gives what it promises, and no more',
    catches:
      'a quota that is not in force, a load that does not go by it, and one that works on after its end',
    tags: ['limits', 'cpu', 'docker'],
    limits: limitsCpuLimits,
    footprint: { cores: 1, memoryBytes: 150_000_000, exclusive: true },
    budgetMs: 60_000,
    findings: { ...sandboxFindings, ...limitsCpuFindings },
    requires: (environment) => requiresRoom(planSandbox(environment, settings)),
    plan: (environment, limits) => planLimitsCpu(environment, limits, settings),
    measure: measureLimitsCpu,
    judge: judgeLimitsCpu,
    metrics: limitsCpuMetrics,
    faults: limitsCpuFaults,
  });
}

function limitsCpuMetrics({ sandbox, levels }: LimitsCpuObservation): readonly Metric[] {
  const figures = (levels ?? []).flatMap(({ share, run }): Metric[] => {
    const name = `level.${Math.round(share * 100)}`;
    return [
      { name: `${name}.mean`, unit: 'percent', value: run.meanShare * 100, series: seriesOf(run.curve, 100) },
      { name: `${name}.afterwards`, unit: 'percent', value: run.shareAfter * 100 },
      ...(run.throttledPeriods === undefined
        ? []
        : [{ name: `${name}.throttled-periods`, unit: 'count' as const, value: run.throttledPeriods }]),
      ...(run.waitedMs === undefined
        ? []
        : [{ name: `${name}.waited`, unit: 'ms' as const, value: run.waitedMs }]),
    ];
  });
  return [...sandboxMetrics(sandbox), ...figures];
}
