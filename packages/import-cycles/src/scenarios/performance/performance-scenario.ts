import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { missingSubjectPython } from '../interpreter/requires-python.ts';
import { median } from '../statistics/median.ts';
import { extraMemory, judgePerformance, timeRatio } from './judge-performance.ts';
import { measurePerformance } from './measure-performance.ts';
import { performanceFaults } from './performance-faults.ts';
import { performanceFindings } from './performance-findings.ts';
import { performanceLimits } from './performance-limits.ts';
import type { PerformanceObservation, TimedImport } from './performance-observation.ts';
import { planPerformance } from './performance-plan.ts';
import type { PerformancePlan } from './performance-plan.ts';

/** imports/performance: a circle of four modules against the same four without it. */
export const performanceScenario: Scenario<
  typeof performanceLimits,
  PerformancePlan,
  PerformanceObservation
> = defineScenario({
  id: 'imports/performance',
  title: 'Circular imports are not slower than clean ones',
  catches: 'circular imports that make the start of every test process slow or fail',
  tags: ['imports', 'timing', 'pre-commit'],
  limits: performanceLimits,
  footprint: { cores: 1, memoryBytes: 150_000_000, exclusive: true },
  budgetMs: 40_000,
  findings: performanceFindings,
  requires: missingSubjectPython,
  plan: planPerformance,
  measure: measurePerformance,
  judge: judgePerformance,
  metrics: performanceMetrics,
  faults: performanceFaults,
});

function performanceMetrics(observation: PerformanceObservation): readonly Metric[] {
  const sides = { circular: observation.circular, clean: observation.clean };
  const metrics: Metric[] = [];
  for (const [side, samples] of Object.entries(sides)) {
    const add = (name: string, unit: Metric['unit'], of: (sample: TimedImport) => number): void => {
      const all = samples.map(of);
      metrics.push({ name: `import.${side}.${name}`, unit, value: median(all), samples: all });
    };
    add('cpu', 'ms', (sample) => sample.cpuMs);
    add('wall', 'ms', (sample) => sample.wallMs);
    add('peak-memory', 'bytes', (sample) => sample.peakBytes);
  }
  const failed = [...observation.circular, ...observation.clean].filter((sample) => sample.error !== null);
  for (const clock of ['cpuMs', 'wallMs'] as const) {
    const name = `slowdown.${clock === 'cpuMs' ? 'cpu' : 'wall'}`;
    const { value, low, high } = timeRatio(observation, clock);
    metrics.push(
      { name, unit: 'ratio', value },
      { name: `${name}.low`, unit: 'ratio', value: low },
      { name: `${name}.high`, unit: 'ratio', value: high },
    );
  }
  return [
    ...metrics,
    { name: 'extra-memory', unit: 'bytes', value: extraMemory(observation) },
    { name: 'failures', unit: 'count', value: failed.length },
  ];
}
