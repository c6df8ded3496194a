import { defineScenario, type Metric, type Scenario } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../exhaustion-settings.ts';
import { seriesOf } from '../sandbox/curves.ts';
import { tellingLess } from '../sandbox/less-than-declared.ts';
import { requiresRoom } from '../sandbox/requires-room.ts';
import { sandboxFindings } from '../sandbox/sandbox-findings.ts';
import { sandboxMetrics } from '../sandbox/sandbox-metrics.ts';
import { planSandbox } from '../sandbox/sandbox-plan.ts';
import { heldTogether, judgeWorkers, succeeding } from './judge-workers.ts';
import { measureWorkers } from './measure-workers.ts';
import { workersFaults } from './workers-faults.ts';
import { workersFindings } from './workers-findings.ts';
import { workersLimits } from './workers-limits.ts';
import type { WorkersObservation } from './workers-observation.ts';
import { planWorkers, type WorkersPlan } from './workers-plan.ts';

/** memory/workers: 1, 2, 4 and 8 workers that take memory at the same time, and a budget that they share. */
export function workersScenario(
  settings: ExhaustionSettings = {},
): Scenario<typeof workersLimits, WorkersPlan, WorkersObservation> {
  return defineScenario({
    id: 'memory/workers',
    title: 'Workers side by side get their memory, and no more than there is',
    catches:
      'parallel test runs whose workers are killed, share what one should have, or leave memory behind',
    tags: ['memory', 'docker', 'parallel'],
    limits: workersLimits,
    footprint: { cores: 2, memoryBytes: 2 ** 30, exclusive: true },
    budgetMs: 90_000,
    findings: { ...sandboxFindings, ...workersFindings },
    requires: (environment) => requiresRoom(planSandbox(environment, settings)),
    plan: (environment, limits) => planWorkers(environment, limits, settings),
    measure: measureWorkers,
    judge: tellingLess(judgeWorkers),
    metrics: workersMetrics,
    faults: workersFaults,
  });
}

function workersMetrics({ sandbox, crowd }: WorkersObservation): readonly Metric[] {
  if (crowd === null) return sandboxMetrics(sandbox);
  const rounds = crowd.rounds.flatMap(({ workers, run, recovery }): Metric[] => {
    const name = `workers.${workers}`;
    return [
      { name: `${name}.succeeding`, unit: 'count', value: succeeding(run) },
      { name: `${name}.held`, unit: 'bytes', value: heldTogether(run), series: seriesOf(run.curve) },
      { name: `${name}.fairness`, unit: 'ratio', value: run.fairness },
      {
        name: `${name}.fill`,
        unit: 'ms',
        value: run.fillMs,
        samples: run.workers.map(({ fillMs }) => fillMs),
      },
      { name: `${name}.retained`, unit: 'bytes', value: recovery.residueBytes },
    ];
  });
  const { over } = crowd;
  return [
    ...sandboxMetrics(sandbox),
    ...rounds,
    ...(over === null
      ? []
      : [
          {
            name: 'over-limit.usage',
            unit: 'bytes' as const,
            value: over.highestSampleBytes,
            series: seriesOf(over.curve),
          },
          { name: 'over-limit.killed', unit: 'count' as const, value: over.deaths.length },
        ]),
  ];
}
