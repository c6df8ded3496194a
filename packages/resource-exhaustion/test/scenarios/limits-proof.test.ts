import { openWorkspace, proveScenarios, runScenarios } from '@seaworthy/scenario';
import type { LimitOverrides } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { limitsCombinedScenario } from '../../src/scenarios/limits-combined/limits-combined-scenario.ts';
import { limitsCpuScenario } from '../../src/scenarios/limits-cpu/limits-cpu-scenario.ts';
import { limitsDescriptorsScenario } from '../../src/scenarios/limits-descriptors/limits-descriptors-scenario.ts';
import { limitsDiskScenario } from '../../src/scenarios/limits-disk/limits-disk-scenario.ts';
import { limitsMemoryScenario } from '../../src/scenarios/limits-memory/limits-memory-scenario.ts';
import type { ExhaustionSettings } from '../../src/scenarios/exhaustion-settings.ts';
import { hostEnvironment, imageEnvironment } from '../sandbox/places.ts';
import { CGROUP_TIER, proveInCgroup } from './prove-in-cgroup.ts';

const MIB = 2 ** 20;

/** Everything is held for a moment only, and no level of CPU time is narrow: this machine may be busy with other tests. */
const UNHURRIED: ReadonlyMap<string, LimitOverrides> = new Map(
  Object.entries({
    'limits/memory': { minHeld: 200, maxNeighbourStall: 60_000 },
    'limits/cpu': { minWindow: 500, tolerance: 20, maxAfterwards: 50 },
    'limits/descriptors': { maxAnswer: 60_000 },
    'limits/disk': { maxReturn: 60_000 },
    'limits/combined': { minOverlap: 100, maxAnswer: 60_000 },
  }).map(([id, values]) => [id, { values, source: 'the test' }]),
);

/** Small, and a quota that a busy machine can still give. */
const SMALL: ExhaustionSettings = { memoryBytes: 96 * MIB, cpus: 0.1, diskBytes: 8 * MIB };

const CGROUP: ExhaustionSettings = { ...SMALL, tier: CGROUP_TIER };

/** In a container `seaworthy prove` proves the same, on the example project; here one that is made in another way there. */
it('in a container of a project what a disk holds is limited as well', async () => {
  await using workspace = await openWorkspace();
  const environment = await imageEnvironment();
  const run = { environment, workspace, overrides: UNHURRIED };
  const [result] = await runScenarios([limitsDiskScenario({ ...SMALL, tier: 'container' })], run);
  expect(result).toMatchObject({ verdict: 'passed', findings: [], reasons: [] });
  expect(result?.observation).toMatchObject({ sandbox: { tier: 'container', differences: [] } });
});

proveInCgroup(
  [
    limitsMemoryScenario(CGROUP),
    limitsCpuScenario(CGROUP),
    limitsDescriptorsScenario(CGROUP),
    limitsDiskScenario(CGROUP),
    limitsCombinedScenario(CGROUP),
  ],
  UNHURRIED,
);

describe('where nothing enforces a limit', () => {
  it('no scenario passes for it', async () => {
    await using workspace = await openWorkspace();
    const weak = [
      limitsCpuScenario({ ...SMALL, tier: 'rlimit' }),
      limitsDiskScenario({ ...SMALL, tier: 'rlimit' }),
    ];
    const proofs = await proveScenarios(weak, { environment: hostEnvironment(), workspace });
    for (const { before } of proofs) {
      expect(before).toMatchObject({
        verdict: 'inconclusive',
        reasons: [expect.stringContaining('(tier rlimit)') as string],
      });
    }
  });
});
