import type { AnyScenario } from '@seaworthy/scenario';
import { circularImportsScenario } from './circular-imports/circular-imports-scenario.ts';
import { collectionLeakScenario } from './collection-leak/collection-leak-scenario.ts';
import type { CollectionScenarioSettings } from './collection-settings.ts';
import { interruptionScenario } from './interruption/interruption-scenario.ts';
import { memoryGrowthScenario } from './memory-growth/memory-growth-scenario.ts';
import { nestedComplexScenario } from './nested-complex/nested-complex-scenario.ts';
import { parallelScenario } from './parallel/parallel-scenario.ts';
import { projectScenario } from './project/project-scenario.ts';
import { simple1000Scenario } from './simple-1000/simple-1000-scenario.ts';

/** The scenarios of the group `collection`, and `memory/collection-leak`, in the order in which they are listed. */
export function collectionScenarios(settings: CollectionScenarioSettings = {}): AnyScenario[] {
  return [
    simple1000Scenario(settings),
    nestedComplexScenario(settings),
    parallelScenario(settings),
    memoryGrowthScenario(settings),
    circularImportsScenario(settings),
    interruptionScenario(settings),
    projectScenario(settings),
    collectionLeakScenario(settings),
  ];
}
