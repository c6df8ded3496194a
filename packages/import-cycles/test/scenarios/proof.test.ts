import { openWorkspace, proveScenarios } from '@seaworthy/scenario';
import type { ScenarioProof } from '@seaworthy/scenario';
import { beforeAll, expect, it } from 'vitest';
import { importScenarios } from '../../src/scenarios/index.ts';
import { environmentOf } from './environment-of.ts';
import { SMALL_PROJECT } from './small-project.ts';
import { temporaryProject } from './temporary-project.ts';
import { UNHURRIED, untimed } from './without-timing.ts';

const scenarios = untimed(importScenarios({}));
let proofs: readonly ScenarioProof[] = [];

beforeAll(async () => {
  await using project = await temporaryProject(SMALL_PROJECT);
  await using workspace = await openWorkspace();
  proofs = await proveScenarios(scenarios, {
    environment: environmentOf(project.root),
    workspace,
    overrides: UNHURRIED,
  });
}, 400_000);

const faults = scenarios.flatMap((scenario) =>
  scenario.faults.map((fault) => [scenario.id, fault.id, fault.raises] as const),
);

it.each(faults)('%s with the fault %s raises %s and nothing else', (id, fault, raises) => {
  const proof = proofs.find((one) => one.id === id)?.faults.find((one) => one.fault === fault);
  expect(proof).toMatchObject({ state: 'caught', raised: [raises] });
});

it.each(scenarios.map((scenario) => scenario.id))('%s is green before and after', (id) => {
  const proof = proofs.find((one) => one.id === id);
  expect(proof?.before.verdict).toBe('passed');
  expect(proof?.after?.verdict).toBe('passed');
});
