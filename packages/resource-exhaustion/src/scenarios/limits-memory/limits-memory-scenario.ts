import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { seriesOf } from '../sandbox/curves.ts';
import { tellingLess } from '../sandbox/less-than-declared.ts';
import { requiresRoom } from '../sandbox/requires-room.ts';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { sandboxMetrics } from '../sandbox/sandbox-metrics.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import { guardedPeak, judgeLimitsMemory } from './judge-limits-memory.ts';
import { limitsMemoryFaults } from './limits-memory-faults.ts';
import { limitsMemoryFindings } from './limits-memory-findings.ts';
import { limitsMemoryLimits } from './limits-memory-limits.ts';
import type { LimitsMemoryObservation } from './limits-memory-observation.ts';
import { planLimitsMemory } from './limits-memory-plan.ts';
import type { LimitsMemoryPlan } from './limits-memory-plan.ts';
import { measureLimitsMemory } from './measure-limits-memory.ts';

/** limits/memory: 60, 75 and 85 % of the limit in force, held, and then over it. */
export function limitsMemoryScenario(
  settings: ExhaustionSettings = {},
): Scenario<typeof limitsMemoryLimits, LimitsMemoryPlan, LimitsMemoryObservation> {
  return defineScenario({
    id: 'limits/memory',
    title: 'A memory limit holds, and hurts only who goes over it',
    catches:
      'a memory limit that is not in force, memory that is not given back, and a kill that takes somebody else',
    tags: ['limits', 'memory', 'docker'],
    limits: limitsMemoryLimits,
    footprint: { cores: 1, memoryBytes: 2 ** 30, exclusive: true },
    budgetMs: 60_000,
    findings: { ...sandboxFindings, ...limitsMemoryFindings },
    requires: (environment) => requiresRoom(planSandbox(environment, settings)),
    plan: (environment, limits) => planLimitsMemory(environment, limits, settings),
    measure: measureLimitsMemory,
    judge: tellingLess(judgeLimitsMemory),
    metrics: limitsMemoryMetrics,
    faults: limitsMemoryFaults,
  });
}

function limitsMemoryMetrics({ sandbox, pressure }: LimitsMemoryObservation): readonly Metric[] {
  if (pressure === null) return sandboxMetrics(sandbox);
  const levels = pressure.levels.flatMap(({ share, run }): Metric[] => {
    const name = `level.${Math.round(share * 100)}`;
    return [
      { name: `${name}.fill`, unit: 'ms', value: run.fillMs },
      ...(run.held === undefined
        ? []
        : [{ name: `${name}.held`, unit: 'bytes' as const, value: run.held.mean }]),
      { name: `${name}.usage`, unit: 'bytes', value: run.highestSampleBytes, series: seriesOf(run.curve) },
      { name: `${name}.release`, unit: 'ms', value: run.releaseMs },
    ];
  });
  const { recovery, overLimit, neighbour } = pressure;
  return [
    ...sandboxMetrics(sandbox),
    ...levels,
    { name: 'peak.guarded', unit: 'bytes', value: guardedPeak(pressure) },
    { name: 'residue', unit: 'bytes', value: recovery.residueBytes },
    ...(recovery.backAfterMs === undefined
      ? []
      : [{ name: 'recovery', unit: 'ms' as const, value: recovery.backAfterMs }]),
    ...(overLimit === null
      ? []
      : [
          {
            name: 'over-limit.usage',
            unit: 'bytes' as const,
            value: overLimit.run.highestSampleBytes,
            series: seriesOf(overLimit.run.curve),
          },
          { name: 'over-limit.deaths', unit: 'count' as const, value: overLimit.deaths.length },
        ]),
    { name: 'neighbour.longest-stall', unit: 'ms', value: neighbour.longestStallMs },
  ];
}
