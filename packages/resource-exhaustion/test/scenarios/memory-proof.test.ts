import { findCgroup, readCgroupTexts } from '@seaworthy/cgroups';
import { openWorkspace, proveScenarios } from '@seaworthy/scenario';
import type { AnyScenario, LimitOverrides, ScenarioProof } from '@seaworthy/scenario';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExhaustionSettings } from '../../src/scenarios/exhaustion-settings.ts';
import { fragmentationScenario } from '../../src/scenarios/fragmentation/fragmentation-scenario.ts';
import { gradualScenario } from '../../src/scenarios/gradual/gradual-scenario.ts';
import { workersScenario } from '../../src/scenarios/workers/workers-scenario.ts';
import { hostEnvironment } from '../sandbox/places.ts';

const MIB = 2 ** 20;

/** This machine may be busy with other tests: only what says nothing of time is judged. */
const UNHURRIED: ReadonlyMap<string, LimitOverrides> = new Map(
  Object.entries({
    'memory/gradual': { maxFill: 120_000, maxRecovery: 60_000, maxNeighbourStall: 60_000 },
    'memory/fragmentation': { maxChurn: 120_000, maxAnswer: 60_000 },
    'memory/workers': { maxFill: 120_000, maxRecovery: 60_000 },
  }).map(([id, values]) => [id, { values, source: 'the test' }]),
);

const version = findCgroup(readCgroupTexts())?.version ?? 2;
const CGROUP: ExhaustionSettings = { memoryBytes: 128 * MIB, tier: `cgroup-v${version}` };

/** Each run needs a sandbox of its own: a control group is there in no time. `seaworthy prove` does it in containers. */
describe('in a control group', () => {
  const scenarios: readonly AnyScenario[] = [
    gradualScenario(CGROUP),
    fragmentationScenario(CGROUP),
    workersScenario(CGROUP),
  ];
  let proofs: readonly ScenarioProof[] = [];
  beforeAll(async () => {
    await using workspace = await openWorkspace();
    const environment = hostEnvironment();
    proofs = await proveScenarios(scenarios, { environment, workspace, overrides: UNHURRIED });
  }, 400_000);
  const proofOf = (id: string): ScenarioProof | undefined => proofs.find((one) => one.id === id);

  it.each(scenarios.map(({ id }) => id))('%s is green before and after', (id) => {
    const { before, after } = proofOf(id) ?? {};
    expect(before).toMatchObject({ verdict: 'passed', findings: [], reasons: [] });
    expect(after).toMatchObject({ verdict: 'passed' });
    expect(before?.observation).toMatchObject({ sandbox: { tier: CGROUP.tier, differences: [] } });
  });

  const faults = scenarios.flatMap(({ id, faults }) =>
    faults.map((fault) => [id, fault.id, fault.raises] as const),
  );
  it.each(faults)('%s with the fault %s raises %s', (id, fault, raises) => {
    const proof = proofOf(id)?.faults.find((one) => one.fault === fault);
    expect(proof).toMatchObject({ state: 'caught', raised: expect.arrayContaining([raises]) as string[] });
  });
});
