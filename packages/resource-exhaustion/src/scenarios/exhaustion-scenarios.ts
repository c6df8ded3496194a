import type { AnyScenario } from '@seaworthy/scenario';
import { configurationScenario } from './configuration/configuration-scenario.ts';
import type { ExhaustionSettings } from './exhaustion-settings.ts';
import { fragmentationScenario } from './fragmentation/fragmentation-scenario.ts';
import { gradualScenario } from './gradual/gradual-scenario.ts';
import { limitsCombinedScenario } from './limits-combined/limits-combined-scenario.ts';
import { limitsCpuScenario } from './limits-cpu/limits-cpu-scenario.ts';
import { limitsDescriptorsScenario } from './limits-descriptors/limits-descriptors-scenario.ts';
import { limitsDiskScenario } from './limits-disk/limits-disk-scenario.ts';
import { limitsMemoryScenario } from './limits-memory/limits-memory-scenario.ts';
import { workersScenario } from './workers/workers-scenario.ts';

/** The scenarios of the group `limits`, and those of `memory` that this package has, in the order in which they are listed. */
export function exhaustionScenarios(settings: ExhaustionSettings = {}): AnyScenario[] {
  return [
    gradualScenario(settings),
    fragmentationScenario(settings),
    workersScenario(settings),
    limitsMemoryScenario(settings),
    limitsCpuScenario(settings),
    limitsDescriptorsScenario(settings),
    limitsDiskScenario(settings),
    limitsCombinedScenario(settings),
    configurationScenario,
  ];
}
