import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { resultFindings } from '../collect/collect-findings.ts';
import { missingPytest } from '../collect/requires-pytest.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { estimateMetrics } from '../repeated-collections/estimate-metrics.ts';
import { retainedPerRound } from '../repeated-collections/retention.ts';
import { judgeMemoryGrowth, peakGrowth } from './judge-memory-growth.ts';
import { measureMemoryGrowth } from './measure-memory-growth.ts';
import { memoryGrowthFaults } from './memory-growth-faults.ts';
import { memoryGrowthFindings } from './memory-growth-findings.ts';
import { memoryGrowthLimits } from './memory-growth-limits.ts';
import type { MemoryGrowthObservation } from './memory-growth-observation.ts';
import { planMemoryGrowth } from './memory-growth-plan.ts';
import type { MemoryGrowthPlan } from './memory-growth-plan.ts';

/** collection/memory-growth: the peak of memory over trees of several sizes, and what stays between batches. */
export function memoryGrowthScenario(
  settings: CollectionScenarioSettings = {},
): Scenario<typeof memoryGrowthLimits, MemoryGrowthPlan, MemoryGrowthObservation> {
  return defineScenario({
    id: 'collection/memory-growth',
    title: 'Memory grows no faster than the number of test files, and is given back',
    catches:
      'plugins and conftests that keep memory for each file, for each pair of tests, or for each session',
    tags: ['collection', 'memory'],
    limits: memoryGrowthLimits,
    footprint: { cores: 1, memoryBytes: 500_000_000 },
    budgetMs: 240_000 * Math.max(1, settings.scale ?? 1),
    findings: { ...resultFindings, ...memoryGrowthFindings },
    requires: missingPytest,
    plan: () => planMemoryGrowth(settings),
    measure: measureMemoryGrowth,
    judge: judgeMemoryGrowth,
    metrics: memoryGrowthMetrics,
    faults: memoryGrowthFaults,
  });
}

/** Exponents are told whatever the limit: its tolerance only matters to the conclusion. */
const ANY_TOLERANCE = 1.25;

function memoryGrowthMetrics(observation: MemoryGrowthObservation): readonly Metric[] {
  const { collections, batches } = observation;
  const peaks = collections.map(({ observed }) => observed.peak.bytes);
  const growth = peakGrowth(observation, ANY_TOLERANCE);
  const retained = (batches?.rounds ?? []).flatMap(({ retained: bytes }) => (bytes === null ? [] : [bytes]));
  return [
    ...(growth === undefined
      ? []
      : ([
          {
            name: 'peak-memory',
            unit: 'bytes',
            value: Math.max(...peaks),
            series: collections.map(({ files, observed }) => ({ x: files, y: observed.peak.bytes })),
          },
          { name: 'constant', unit: 'bytes', value: growth.base },
        ] as const)),
    ...estimateMetrics('per-file', 'bytes', growth?.slope),
    ...estimateMetrics('exponent.whole', 'ratio', growth?.overall),
    ...estimateMetrics('exponent.files', 'ratio', growth?.exponent),
    ...estimateMetrics('kept', 'bytes', batches === null ? undefined : retainedPerRound(batches), retained),
  ];
}
