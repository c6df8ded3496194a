import { defineScenario } from '@seaworthy/scenario';
import type { Metric, Scenario } from '@seaworthy/scenario';
import { missingPytest } from '../collect/requires-pytest.ts';
import type { CollectionScenarioSettings } from '../collection-settings.ts';
import { interruptionFaults } from './interruption-faults.ts';
import { interruptionFindings } from './interruption-findings.ts';
import { interruptionLimits } from './interruption-limits.ts';
import type { InterruptionObservation } from './interruption-observation.ts';
import { planInterruption } from './interruption-plan.ts';
import type { InterruptionPlan } from './interruption-plan.ts';
import { judgeInterruption } from './judge-interruption.ts';
import { measureInterruption } from './measure-interruption.ts';

/** collection/interruption: Ctrl-C in the middle of a collection, and the run after it. */
export function interruptionScenario(
  settings: CollectionScenarioSettings = {},
): Scenario<typeof interruptionLimits, InterruptionPlan, InterruptionObservation> {
  return defineScenario({
    id: 'collection/interruption',
    title: 'An interrupted collection stops, and the next one finds the same tests',
    catches: 'collection that ignores Ctrl-C, stops late, leaves processes behind, or spoils the next run',
    tags: ['collection', 'signals'],
    limits: interruptionLimits,
    footprint: { cores: 1, memoryBytes: 200_000_000 },
    budgetMs: 300_000,
    findings: interruptionFindings,
    requires: missingPytest,
    plan: planInterruption(settings),
    measure: measureInterruption,
    judge: judgeInterruption,
    metrics: interruptionMetrics,
    faults: interruptionFaults,
  });
}

function interruptionMetrics(observation: InterruptionObservation): readonly Metric[] {
  const { undisturbed, interrupted, missed, ignored, bytecode, again } = observation;
  const metric = (name: string, unit: Metric['unit'], value: number | null | undefined): Metric[] =>
    value === null || value === undefined ? [] : [{ name, unit, value }];
  return [
    ...metric('undisturbed.duration', 'ms', undisturbed.wallMs),
    ...metric('undisturbed.tests', 'count', undisturbed.tests),
    ...metric('interrupted.after', 'ms', interrupted?.afterMs),
    ...metric('interrupted.stop', 'ms', interrupted?.stopMs),
    ...metric('interrupted.files', 'count', interrupted?.files),
    ...metric('interrupted.left-behind', 'count', interrupted?.leftBehind.length),
    ...metric('interrupted.missed', 'count', missed),
    ...metric('interrupted.ignored', 'count', ignored),
    ...metric('bytecode.files', 'count', bytecode?.files),
    ...metric('bytecode.drafts', 'count', bytecode?.drafts.length),
    ...metric('again.duration', 'ms', again?.wallMs),
    ...metric('again.tests', 'count', again?.tests),
    ...metric('again.bytecode-hits', 'count', again?.bytecode.hits),
  ];
}
