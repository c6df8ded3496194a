import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { finderFindings } from '../finder/finder-findings.ts';
import { missingPython } from '../interpreter/requires-python.ts';
import { complexWebFaults } from './complex-web-faults.ts';
import { complexWebFindings } from './complex-web-findings.ts';
import { complexWebLimits } from './complex-web-limits.ts';
import type { ComplexWebObservation } from './complex-web-observation.ts';
import { planComplexWeb } from './complex-web-plan.ts';
import type { ComplexWebPlan } from './complex-web-plan.ts';
import { coverageOf, judgeComplexWeb } from './judge-complex-web.ts';
import { measureComplexWeb } from './measure-complex-web.ts';

/** imports/complex-web: fifteen modules, overlapping cycles, and an independent reader to compare with. */
export const complexWebScenario: Scenario<typeof complexWebLimits, ComplexWebPlan, ComplexWebObservation> =
  defineScenario({
    id: 'imports/complex-web',
    title: 'Every knot of a web of imports is found',
    catches: 'an analysis that misses knots, invents them, is slow or takes much memory',
    tags: ['imports', 'memory', 'pre-commit'],
    limits: complexWebLimits,
    footprint: { cores: 1, memoryBytes: 250_000_000 },
    budgetMs: 60_000,
    findings: { ...finderFindings, ...complexWebFindings },
    requires: missingPython,
    plan: planComplexWeb,
    measure: measureComplexWeb,
    judge: judgeComplexWeb,
    metrics: complexWebMetrics,
    faults: complexWebFaults,
  });

function complexWebMetrics(observation: ComplexWebObservation): readonly Metric[] {
  const { found, reference, searchMs, peakBytes } = observation;
  return [
    { name: 'search.duration', unit: 'ms', value: searchMs },
    { name: 'search.peak-memory', unit: 'bytes', value: peakBytes },
    { name: 'coverage', unit: 'percent', value: coverageOf(observation) },
    { name: 'knots.found', unit: 'count', value: found?.knots.length ?? 0 },
    { name: 'cycles.found', unit: 'count', value: found?.cycles.length ?? 0 },
    { name: 'cycles.expected', unit: 'count', value: reference.cycles.length },
    { name: 'imports.found', unit: 'count', value: found?.imports ?? 0 },
    { name: 'imports.expected', unit: 'count', value: reference.imports },
  ];
}
