import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { resultFindings, slowFindings } from '../collect/collect-findings.ts';
import { missingPytest } from '../collect/requires-pytest.ts';
import { budgetFor } from '../collect/tree-plan.ts';
import { judgeParallel } from './judge-parallel.ts';
import { measureParallel } from './measure-parallel.ts';
import { parallelFaults } from './parallel-faults.ts';
import { parallelFigures, succeeded } from './parallel-figures.ts';
import { parallelFindings } from './parallel-findings.ts';
import { parallelLimits } from './parallel-limits.ts';
import type { ParallelObservation } from './parallel-observation.ts';
import { planParallel } from './parallel-plan.ts';
import type { ParallelPlan } from './parallel-plan.ts';

/** collection/parallel: one tree collected by four processes at once, against one after the other. */
export function parallelScenario(
  settings: CollectionScenarioSettings = {},
): Scenario<typeof parallelLimits, ParallelPlan, ParallelObservation> {
  return defineScenario({
    id: 'collection/parallel',
    title: 'Collections at once neither break nor block each other',
    catches:
      'locks, files and memory that several pytest processes on one machine fight over while they collect',
    tags: ['collection', 'timing', 'parallel'],
    limits: parallelLimits,
    footprint: { cores: 4, memoryBytes: 500_000_000, exclusive: true },
    budgetMs: budgetFor(2 * parallelLimits.maxDuration.default, settings.scale),
    findings: { ...slowFindings, ...resultFindings, ...parallelFindings },
    requires: missingPytest,
    plan: (environment, limits) => planParallel(settings, environment, limits),
    measure: measureParallel,
    judge: judgeParallel,
    metrics: parallelMetrics,
    faults: parallelFaults,
  });
}

function parallelMetrics(observation: ParallelObservation): readonly Metric[] {
  const { alone, together, togetherMs } = observation;
  const samples = (
    name: string,
    unit: Metric['unit'],
    runs: ParallelObservation['alone'],
    of: (run: ParallelObservation['alone'][number]) => number,
  ): Metric => {
    const all = runs.map(of);
    return {
      name,
      unit,
      value: all.reduce((sum, one) => sum + one, 0) / Math.max(1, all.length),
      samples: all,
    };
  };
  const metrics = [
    samples('alone.duration', 'ms', alone, (run) => run.wallMs),
    samples('alone.cpu', 'ms', alone, (run) => run.cpuMs),
    samples('together.each.duration', 'ms', together, (run) => run.wallMs),
    samples('together.each.cpu', 'ms', together, (run) => run.cpuMs),
    samples('together.each.peak-memory', 'bytes', together, (run) => run.peak.bytes),
    { name: 'together.duration', unit: 'ms', value: togetherMs } as const,
    { name: 'together.succeeded', unit: 'count', value: together.filter(succeeded).length } as const,
  ];
  if (![...alone, ...together].every(succeeded)) return metrics;
  const { togetherMs: all, sequentialMs, cpuInflation, waiting } = parallelFigures(observation);
  return [
    ...metrics,
    { name: 'slowdown', unit: 'ratio', value: all / sequentialMs },
    { name: 'cpu-inflation', unit: 'ratio', value: cpuInflation },
    ...(waiting === null ? [] : [{ name: 'waiting', unit: 'ratio', value: waiting } as const]),
  ];
}
