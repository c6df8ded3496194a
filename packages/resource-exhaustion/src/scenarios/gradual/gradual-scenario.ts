import { defineScenario, type Metric, type Scenario } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { seriesOf } from '../sandbox/curves.ts';
import { tellingLess } from '../sandbox/less-than-declared.ts';
import { requiresRoom } from '../sandbox/requires-room.ts';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { sandboxMetrics } from '../sandbox/sandbox-metrics.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import { gradualFaults } from './gradual-faults.ts';
import { gradualFindings } from './gradual-findings.ts';
import { gradualLimits } from './gradual-limits.ts';
import type { GradualObservation } from './gradual-observation.ts';
import { planGradual, type GradualPlan } from './gradual-plan.ts';
import { judgeGradual } from './judge-gradual.ts';
import { engagedAt } from './judge-guard.ts';
import { measureGradual } from './measure-gradual.ts';

/** memory/gradual: 10 MB at a time up to where a guard refuses, and then without the guard, into the limit. */
export function gradualScenario(
  settings: ExhaustionSettings = {},
): Scenario<typeof gradualLimits, GradualPlan, GradualObservation> {
  return defineScenario({
    id: 'memory/gradual',
    title: 'Memory that grows step by step is stopped before the limit',
    catches:
      'a memory guard that looks at the wrong limit, memory that is not given back, and a limit that contains nothing',
    tags: ['memory', 'docker'],
    limits: gradualLimits,
    footprint: { cores: 1, memoryBytes: 2 ** 30, exclusive: true },
    budgetMs: 60_000,
    findings: { ...sandboxFindings, ...gradualFindings },
    requires: (environment) => requiresRoom(planSandbox(environment, settings)),
    plan: (environment, limits) => planGradual(environment, limits, settings),
    measure: measureGradual,
    judge: tellingLess(judgeGradual),
    metrics: gradualMetrics,
    faults: gradualFaults,
  });
}

function gradualMetrics({ sandbox, pressure }: GradualObservation): readonly Metric[] {
  if (pressure === null) return sandboxMetrics(sandbox);
  const { guarded, control, recovery, neighbour } = pressure;
  const engaged = engagedAt(guarded);
  return [
    ...sandboxMetrics(sandbox),
    {
      name: 'guarded.usage',
      unit: 'bytes',
      value: guarded.highestSampleBytes,
      series: seriesOf(guarded.curve),
    },
    ...(engaged === undefined ? [] : [{ name: 'guard.engaged', unit: 'percent' as const, value: engaged }]),
    { name: 'guarded.fill', unit: 'ms', value: guarded.fillMs },
    { name: 'guarded.peak', unit: 'bytes', value: guarded.peakBytes ?? guarded.highestSampleBytes },
    { name: 'residue', unit: 'bytes', value: recovery.residueBytes },
    ...(recovery.backAfterMs === undefined
      ? []
      : [{ name: 'recovery', unit: 'ms' as const, value: recovery.backAfterMs }]),
    ...(control === null
      ? []
      : [
          {
            name: 'control.usage',
            unit: 'bytes' as const,
            value: control.run.highestSampleBytes,
            series: seriesOf(control.run.curve),
          },
          { name: 'control.fill', unit: 'ms' as const, value: control.run.fillMs },
        ]),
    { name: 'neighbour.longest-stall', unit: 'ms', value: neighbour.longestStallMs },
    ...(pressure.engine === null
      ? []
      : [{ name: 'engine.answer', unit: 'ms' as const, value: pressure.engine.ms }]),
  ];
}
