import type { AnyScenario } from '@seaworthy/scenario';
import { complexWebScenario } from './complex-web/complex-web-scenario.ts';
import { leakScenario } from './leak/leak-scenario.ts';
import { performanceScenario } from './performance/performance-scenario.ts';
import { projectScenario } from './project/project-scenario.ts';
import type { ImportScenarioSettings } from './project/project-settings.ts';
import { simpleCycleScenario } from './simple-cycle/simple-cycle-scenario.ts';
import { threadsScenario } from './threads/threads-scenario.ts';

/** The scenarios of the group `imports`, in the order in which they are listed. */
export function importScenarios(settings: ImportScenarioSettings = {}): AnyScenario[] {
  return [
    simpleCycleScenario,
    complexWebScenario,
    performanceScenario,
    threadsScenario,
    leakScenario,
    projectScenario(settings),
  ];
}
