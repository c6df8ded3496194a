import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { missingSubjectPython } from '../interpreter/requires-python.ts';
import { median } from '../statistics/median.ts';
import { shareOf } from '../statistics/share-interval.ts';
import { judgeThreads } from './judge-threads.ts';
import { measureThreads } from './measure-threads.ts';
import { threadsFaults } from './threads-faults.ts';
import { threadsFindings } from './threads-findings.ts';
import { threadsLimits } from './threads-limits.ts';
import type { ThreadsObservation, Trial } from './threads-observation.ts';
import { planThreads } from './threads-plan.ts';
import type { ThreadsPlan } from './threads-plan.ts';

/** imports/threads: four threads, two modules that import each other, many fresh interpreters. */
export const threadsScenario: Scenario<typeof threadsLimits, ThreadsPlan, ThreadsObservation> =
  defineScenario({
    id: 'imports/threads',
    title: 'Threads that import a cycle do not deadlock',
    catches: 'tests that hang or fail now and then because threads import at the same time',
    tags: ['imports', 'threads'],
    limits: threadsLimits,
    footprint: { cores: 2, memoryBytes: 100_000_000 },
    budgetMs: 100_000,
    findings: threadsFindings,
    requires: missingSubjectPython,
    plan: planThreads,
    measure: measureThreads,
    judge: judgeThreads,
    metrics: threadsMetrics,
    faults: threadsFaults,
  });

function threadsMetrics({ trials, durationMs }: ThreadsObservation): readonly Metric[] {
  const durations = trials.map((trial) => trial.durationMs);
  const count = (is: (trial: Trial) => boolean): number => trials.filter(is).length;
  const hung = shareOf(
    count((trial) => trial.outcome !== 'finished'),
    trials.length,
  );
  return [
    { name: 'trial.duration', unit: 'ms', value: median(durations), samples: durations },
    { name: 'trials', unit: 'count', value: trials.length },
    { name: 'hung', unit: 'percent', value: hung.value },
    { name: 'hung.low', unit: 'percent', value: hung.low },
    { name: 'hung.high', unit: 'percent', value: hung.high },
    { name: 'deadlocks', unit: 'count', value: count((trial) => trial.outcome === 'deadlock') },
    {
      name: 'met',
      unit: 'percent',
      value: shareOf(
        count((trial) => trial.met),
        trials.length,
      ).value,
    },
    {
      name: 'errors',
      unit: 'count',
      value: trials.flatMap((trial) => trial.threads).filter((thread) => thread.error !== null).length,
    },
    { name: 'duration', unit: 'ms', value: durationMs },
  ];
}
