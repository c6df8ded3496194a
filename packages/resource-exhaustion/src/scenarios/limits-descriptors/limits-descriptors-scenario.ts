import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { seriesOf } from '../sandbox/curves.ts';
import { requiresRoom } from '../sandbox/requires-room.ts';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { sandboxMetrics } from '../sandbox/sandbox-metrics.ts';
import { judgeLimitsDescriptors, notReturnedIn, openAt } from './judge-limits-descriptors.ts';
import { limitsDescriptorsFaults } from './limits-descriptors-faults.ts';
import { limitsDescriptorsFindings } from './limits-descriptors-findings.ts';
import { limitsDescriptorsLimits } from './limits-descriptors-limits.ts';
import type { LimitsDescriptorsObservation } from './limits-descriptors-observation.ts';
import { planDescriptorSandbox, planLimitsDescriptors } from './limits-descriptors-plan.ts';
import type { LimitsDescriptorsPlan } from './limits-descriptors-plan.ts';
import { measureLimitsDescriptors } from './measure-limits-descriptors.ts';

/** limits/descriptors: all that may be open, and back. */
export function limitsDescriptorsScenario(
  settings: ExhaustionSettings = {},
): Scenario<typeof limitsDescriptorsLimits, LimitsDescriptorsPlan, LimitsDescriptorsObservation> {
  return defineScenario({
    id: 'limits/descriptors',
    title: 'Open files are refused at their limit, and come back',
    catches:
      '"Too many open files" at the wrong number, descriptors that leak, and programs that never recover from it',
    tags: ['limits', 'descriptors', 'docker'],
    limits: limitsDescriptorsLimits,
    footprint: { cores: 1, memoryBytes: 150_000_000 },
    budgetMs: 60_000,
    findings: { ...sandboxFindings, ...limitsDescriptorsFindings },
    requires: (environment) => requiresRoom(planDescriptorSandbox(environment, settings)),
    plan: (environment, limits) => planLimitsDescriptors(environment, limits, settings),
    measure: measureLimitsDescriptors,
    judge: judgeLimitsDescriptors,
    metrics: limitsDescriptorsMetrics,
    faults: limitsDescriptorsFaults,
  });
}

function limitsDescriptorsMetrics({ sandbox, rounds }: LimitsDescriptorsObservation): readonly Metric[] {
  if (rounds === null || rounds[0] === undefined) return sandboxMetrics(sandbox);
  const left = notReturnedIn(rounds);
  return [
    ...sandboxMetrics(sandbox),
    {
      name: 'open.height',
      unit: 'count',
      value: openAt(rounds[0]),
      samples: rounds.map(openAt),
      series: seriesOf(rounds[0].curve),
    },
    ...(left === undefined ? [] : [{ name: 'open.not-returned', unit: 'count', value: left } as const]),
    {
      name: 'full.answer',
      unit: 'ms',
      value: Math.max(...rounds.map(({ atHeight }) => atHeight.answerMs)),
      samples: rounds.map(({ atHeight }) => atHeight.answerMs),
    },
    { name: 'fill', unit: 'ms', value: rounds[0].fillMs, samples: rounds.map(({ fillMs }) => fillMs) },
  ];
}
