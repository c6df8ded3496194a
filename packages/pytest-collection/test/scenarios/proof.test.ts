import { openWorkspace, proveScenarios } from '@seaworthy/scenario';
import type { ScenarioProof } from '@seaworthy/scenario';
import { beforeAll, expect, it } from 'vitest';
import { collectionScenarios } from '../../src/scenarios/index.ts';
import { environmentWithPytest } from './environment-with-pytest.ts';
import { SMALL_PROJECT, temporaryProject } from './temporary-project.ts';
import { UNHURRIED, untimed } from './untimed.ts';

const scenarios = untimed(collectionScenarios({ scale: 0.02 }));
let proofs: readonly ScenarioProof[] = [];

beforeAll(async () => {
  await using project = await temporaryProject(SMALL_PROJECT);
  await using workspace = await openWorkspace();
  proofs = await proveScenarios(scenarios, {
    environment: environmentWithPytest(8, project.root),
    workspace,
    overrides: UNHURRIED,
  });
}, 900_000);

const faults = scenarios.flatMap((scenario) =>
  scenario.faults.map((fault) => [scenario.id, fault.id, fault.raises] as const),
);

/** Who hangs does not succeed either. */
const BESIDES: Readonly<Record<string, readonly string[]>> = { 'hangs-together': ['COL010'] };

it.each(faults)('%s with the fault %s raises %s, and nothing that is not so', (id, fault, raises) => {
  const proof = proofs.find((one) => one.id === id)?.faults.find((one) => one.fault === fault);
  expect(proof?.state).toBe('caught');
  expect(new Set(proof?.raised)).toEqual(new Set([...(BESIDES[fault] ?? []), raises]));
});

it.each(scenarios.map((scenario) => scenario.id))('%s is green before and after', (id) => {
  const proof = proofs.find((one) => one.id === id);
  expect(proof?.before).toMatchObject({ verdict: 'passed' });
  expect(proof?.after).toMatchObject({ verdict: 'passed' });
});
