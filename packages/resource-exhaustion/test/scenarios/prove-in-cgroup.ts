import { findCgroup, readCgroupTexts } from '@seaworthy/cgroups';
import { openWorkspace, proveScenarios } from '@seaworthy/scenario';
import type { AnyScenario, LimitOverrides, ScenarioProof } from '@seaworthy/scenario';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tier } from '../../src/index.ts';
import { hostEnvironment } from '../sandbox/places.ts';

/** The tier of control groups that this machine has. */
export const CGROUP_TIER: Tier = `cgroup-v${findCgroup(readCgroupTexts())?.version ?? 2}`;

/** Each run needs a sandbox of its own: a control group is there in no time. `seaworthy prove` does it in containers. */
export function proveInCgroup(
  scenarios: readonly AnyScenario[],
  overrides: ReadonlyMap<string, LimitOverrides>,
): void {
  describe('in a control group', () => {
    let proofs: readonly ScenarioProof[] = [];
    beforeAll(async () => {
      await using workspace = await openWorkspace();
      proofs = await proveScenarios(scenarios, { environment: hostEnvironment(), workspace, overrides });
    }, 400_000);
    const proofOf = (id: string): ScenarioProof | undefined => proofs.find((one) => one.id === id);

    it.each(scenarios.map(({ id }) => id))('%s is green before and after', (id) => {
      const { before, after } = proofOf(id) ?? {};
      expect(before).toMatchObject({ verdict: 'passed', findings: [], reasons: [] });
      expect(after).toMatchObject({ verdict: 'passed' });
      expect(before?.observation).toMatchObject({ sandbox: { tier: CGROUP_TIER, differences: [] } });
    });

    const faults = scenarios.flatMap(({ id, faults }) =>
      faults.map((fault) => [id, fault.id, fault.raises] as const),
    );
    it.each(faults)('%s with the fault %s raises %s', (id, fault, raises) => {
      const proof = proofOf(id)?.faults.find((one) => one.fault === fault);
      expect(proof).toMatchObject({ state: 'caught', raised: expect.arrayContaining([raises]) as string[] });
    });
  });
}
