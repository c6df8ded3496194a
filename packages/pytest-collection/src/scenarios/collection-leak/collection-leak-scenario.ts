import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { missingPytest } from '../collect/requires-pytest.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import {
  growthOverRounds,
  growthWithTests,
  heavyGrowth,
  retainedPerRound,
} from '../repeated-collections/retention.ts';
import { estimateMetrics } from '../repeated-collections/estimate-metrics.ts';
import { collectionLeakFaults } from './collection-leak-faults.ts';
import { collectionLeakFindings } from './collection-leak-findings.ts';
import { collectionLeakLimits } from './collection-leak-limits.ts';
import type { CollectionLeakObservation } from './collection-leak-observation.ts';
import { planCollectionLeak } from './collection-leak-plan.ts';
import type { CollectionLeakPlan } from './collection-leak-plan.ts';
import { judgeCollectionLeak } from './judge-collection-leak.ts';
import { measureCollectionLeak } from './measure-collection-leak.ts';

/** memory/collection-leak: the same tests collected again and again in one process, once with heavy data. */
export function collectionLeakScenario(
  settings: CollectionScenarioSettings = {},
): Scenario<typeof collectionLeakLimits, CollectionLeakPlan, CollectionLeakObservation> {
  return defineScenario({
    id: 'memory/collection-leak',
    title: 'What is collected goes when it is let go',
    catches:
      'pytest plugins that keep memory for every file, test or session, or more than the tests themselves',
    tags: ['collection', 'memory', 'pre-commit'],
    limits: collectionLeakLimits,
    footprint: { cores: 1, memoryBytes: 400_000_000 },
    budgetMs: 180_000 * Math.max(1, settings.scale ?? 1),
    findings: collectionLeakFindings,
    requires: missingPytest,
    plan: (_, limits) => planCollectionLeak(settings, limits),
    measure: measureCollectionLeak,
    judge: judgeCollectionLeak,
    metrics: collectionLeakMetrics,
    faults: collectionLeakFaults,
  });
}

/** Exponents are told whatever the limit: its tolerance only matters to the conclusion. */
const ANY_TOLERANCE = 1.25;

function collectionLeakMetrics({ repeated }: CollectionLeakObservation): readonly Metric[] {
  const heavy = heavyGrowth(repeated);
  const leak = retainedPerRound(repeated);
  const curve = (repeated.heavy?.curve ?? []).flatMap(({ tests, bytes }) =>
    bytes === null ? [] : [{ x: tests, y: bytes }],
  );
  const retained = repeated.rounds.flatMap(({ retained: bytes }) => (bytes === null ? [] : [bytes]));
  return [
    ...(heavy === undefined
      ? []
      : ([
          { name: 'held', unit: 'bytes', value: heavy.held, series: curve },
          { name: 'retained', unit: 'bytes', value: heavy.kept },
        ] as const)),
    ...(leak === undefined ? [] : estimateMetrics('leak', 'bytes', leak, retained)),
    ...estimateMetrics('exponent.tests', 'ratio', growthWithTests(repeated, ANY_TOLERANCE)?.exponent),
    ...estimateMetrics('exponent.collections', 'ratio', growthOverRounds(repeated, ANY_TOLERANCE)?.exponent),
    { name: 'survivors', unit: 'count', value: repeated.heavy?.survivors.count ?? 0 },
  ];
}
