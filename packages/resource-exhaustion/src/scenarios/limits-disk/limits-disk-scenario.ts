import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { seriesOf } from '../sandbox/curves.ts';
import { requiresRoom } from '../sandbox/requires-room.ts';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { sandboxMetrics } from '../sandbox/sandbox-metrics.ts';
import { judgeLimitsDisk, takenShare } from './judge-limits-disk.ts';
import { limitsDiskFaults } from './limits-disk-faults.ts';
import { limitsDiskFindings } from './limits-disk-findings.ts';
import { limitsDiskLimits } from './limits-disk-limits.ts';
import type { LimitsDiskObservation } from './limits-disk-observation.ts';
import { planLimitsDisk } from './limits-disk-plan.ts';
import type { LimitsDiskPlan } from './limits-disk-plan.ts';
import { measureLimitsDisk } from './measure-limits-disk.ts';

/** limits/disk: full, and empty again. */
export function limitsDiskScenario(
  settings: ExhaustionSettings = {},
): Scenario<typeof limitsDiskLimits, LimitsDiskPlan, LimitsDiskObservation> {
  return defineScenario({
    id: 'limits/disk',
    title: 'A full disk is told clearly, harms nothing, and is empty again afterwards',
    catches:
      'a place without a size, an old file that is damaged, and files that are deleted and still take space',
    tags: ['limits', 'disk', 'docker'],
    limits: limitsDiskLimits,
    footprint: { cores: 1, memoryBytes: 300_000_000 },
    budgetMs: 60_000,
    findings: { ...sandboxFindings, ...limitsDiskFindings },
    requires: (environment) => requiresRoom(planLimitsDisk(environment, settings).sandbox),
    plan: (environment) => planLimitsDisk(environment, settings),
    measure: measureLimitsDisk,
    judge: judgeLimitsDisk,
    metrics: limitsDiskMetrics,
    faults: limitsDiskFaults,
  });
}

function limitsDiskMetrics({ sandbox, run }: LimitsDiskObservation): readonly Metric[] {
  if (run === null) return sandboxMetrics(sandbox);
  return [
    ...sandboxMetrics(sandbox),
    { name: 'taken', unit: 'percent', value: takenShare(run) * 100 },
    { name: 'free.height', unit: 'bytes', value: run.freeAtHeightBytes, series: seriesOf(run.curve) },
    { name: 'free.missing', unit: 'bytes', value: run.freeBeforeBytes - run.freeAfterBytes },
    { name: 'deleted-but-open', unit: 'bytes', value: run.deletedButOpenBytes },
    { name: 'fill', unit: 'ms', value: run.fillMs },
    ...(run.backAfterMs === undefined
      ? []
      : [{ name: 'return', unit: 'ms' as const, value: run.backAfterMs }]),
  ];
}
