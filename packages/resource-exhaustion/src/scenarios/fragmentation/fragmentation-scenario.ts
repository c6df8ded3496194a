import { defineScenario, type Metric, type Scenario } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { seriesOf } from '../sandbox/curves.ts';
import { tellingLess } from '../sandbox/less-than-declared.ts';
import { requiresRoom } from '../sandbox/requires-room.ts';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { sandboxMetrics } from '../sandbox/sandbox-metrics.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import { fragmentationFaults } from './fragmentation-faults.ts';
import { fragmentationFindings } from './fragmentation-findings.ts';
import { fragmentationLimits } from './fragmentation-limits.ts';
import type { FragmentationObservation } from './fragmentation-observation.ts';
import { planFragmentation, type FragmentationPlan } from './fragmentation-plan.ts';
import { judgeFragmentation, leftBytes } from './judge-fragmentation.ts';
import { measureFragmentation } from './measure-fragmentation.ts';

/** memory/fragmentation: blocks of mixed sizes made and freed, and what of their memory can be used again. */
export function fragmentationScenario(
  settings: ExhaustionSettings = {},
): Scenario<typeof fragmentationLimits, FragmentationPlan, FragmentationObservation> {
  return defineScenario({
    id: 'memory/fragmentation',
    title: 'Memory of many small and large blocks comes back',
    catches:
      'memory that stays after everything was freed: pinned by small objects, or kept by the allocator',
    tags: ['memory', 'docker'],
    limits: fragmentationLimits,
    footprint: { cores: 1, memoryBytes: 2 ** 30, exclusive: true },
    budgetMs: 60_000,
    findings: { ...sandboxFindings, ...fragmentationFindings },
    requires: (environment) => requiresRoom(planSandbox(environment, settings)),
    plan: (environment, limits) => planFragmentation(environment, limits, settings),
    measure: measureFragmentation,
    judge: tellingLess(judgeFragmentation),
    metrics: fragmentationMetrics,
    faults: fragmentationFaults,
  });
}

function fragmentationMetrics({ sandbox, churned }: FragmentationObservation): readonly Metric[] {
  if (churned === null) return sandboxMetrics(sandbox);
  const { split, figures, outside, ms } = churned.memory;
  return [
    ...sandboxMetrics(sandbox),
    { name: 'usage', unit: 'bytes', value: outside.highestBytes, series: seriesOf(outside.curve) },
    { name: 'left', unit: 'bytes', value: leftBytes(churned) },
    ...(split === undefined
      ? []
      : [
          { name: 'split.live', unit: 'bytes' as const, value: split.liveBytes },
          { name: 'split.retained', unit: 'bytes' as const, value: split.retainedBytes },
          ...(split.leakedBytes === undefined
            ? []
            : [{ name: 'split.leaked', unit: 'bytes' as const, value: split.leakedBytes }]),
        ]),
    ...(figures === undefined
      ? []
      : [
          { name: 'allocations', unit: 'count' as const, value: figures.allocations },
          { name: 'slowest-round', unit: 'ms' as const, value: figures.slowestCycleUs / 1000 },
        ]),
    { name: 'churn', unit: 'ms', value: ms },
    ...(churned.answer === null ? [] : [{ name: 'answer', unit: 'ms' as const, value: churned.answer.ms }]),
  ];
}
