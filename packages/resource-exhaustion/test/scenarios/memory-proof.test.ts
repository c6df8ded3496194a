import type { LimitOverrides } from '@seaworthy/scenario';
import type { ExhaustionSettings } from '../../src/scenarios/exhaustion-settings.ts';
import { fragmentationScenario } from '../../src/scenarios/fragmentation/fragmentation-scenario.ts';
import { gradualScenario } from '../../src/scenarios/gradual/gradual-scenario.ts';
import { workersScenario } from '../../src/scenarios/workers/workers-scenario.ts';
import { CGROUP_TIER, proveInCgroup } from './prove-in-cgroup.ts';

const MIB = 2 ** 20;

/** This machine may be busy with other tests: only what says nothing of time is judged. */
const UNHURRIED: ReadonlyMap<string, LimitOverrides> = new Map(
  Object.entries({
    'memory/gradual': { maxFill: 120_000, maxRecovery: 60_000, maxNeighbourStall: 60_000 },
    'memory/fragmentation': { maxChurn: 120_000, maxAnswer: 60_000 },
    'memory/workers': { maxFill: 120_000, maxRecovery: 60_000 },
  }).map(([id, values]) => [id, { values, source: 'the test' }]),
);

const CGROUP: ExhaustionSettings = { memoryBytes: 128 * MIB, tier: CGROUP_TIER };

proveInCgroup([gradualScenario(CGROUP), fragmentationScenario(CGROUP), workersScenario(CGROUP)], UNHURRIED);
