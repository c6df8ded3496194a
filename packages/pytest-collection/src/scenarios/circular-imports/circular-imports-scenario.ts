import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { missingPytest } from '../collect/requires-pytest.ts';
import { budgetFor } from '../collect/tree-plan.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { circularImportsFaults } from './circular-imports-faults.ts';
import { circularImportsFindings } from './circular-imports-findings.ts';
import { circularImportsLimits } from './circular-imports-limits.ts';
import type { CircularImportsObservation, ObservedModule } from './circular-imports-observation.ts';
import { planCircularImports } from './circular-imports-plan.ts';
import type { CircularImportsPlan } from './circular-imports-plan.ts';
import { judgeCircularImports } from './judge-circular-imports.ts';
import { measureCircularImports } from './measure-circular-imports.ts';

/** collection/circular-imports: test modules that import each other, against CPython without pytest. */
export function circularImportsScenario(
  settings: CollectionScenarioSettings = {},
): Scenario<typeof circularImportsLimits, CircularImportsPlan, CircularImportsObservation> {
  return defineScenario({
    id: 'collection/circular-imports',
    title: 'Circular imports fail in pytest exactly where they fail in CPython',
    catches: 'collection that hangs in a circular import, loses files, or hides or invents import errors',
    tags: ['collection', 'imports'],
    limits: circularImportsLimits,
    footprint: { cores: 1, memoryBytes: 200_000_000 },
    budgetMs: budgetFor(circularImportsLimits.maxDuration.default, settings.scale),
    findings: circularImportsFindings,
    requires: missingPytest,
    plan: planCircularImports(settings),
    measure: measureCircularImports,
    judge: judgeCircularImports,
    metrics: circularImportsMetrics,
    faults: circularImportsFaults,
  });
}

function circularImportsMetrics(observation: CircularImportsObservation): readonly Metric[] {
  const { modules, wallMs, cpuMs, peakBytes } = observation;
  const count = (name: string, is: (module: ObservedModule) => boolean): Metric => ({
    name,
    unit: 'count',
    value: modules.filter(is).length,
  });
  return [
    { name: 'collection.duration', unit: 'ms', value: wallMs },
    { name: 'collection.cpu', unit: 'ms', value: cpuMs },
    { name: 'collection.peak-memory', unit: 'bytes', value: peakBytes },
    count('modules', () => true),
    count('failed.pytest', ({ collected }) => collected === 'failed'),
    count('failed.cpython', ({ reference }) => reference !== null),
    count('failed.cpython-first', ({ alone }) => alone !== null),
    count('missing', ({ collected }) => collected === 'missing'),
  ];
}
