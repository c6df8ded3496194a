import { connectEngine } from '@seaworthy/container-engine';
import { openWorkspace } from '@seaworthy/scenario';
import type { AnyScenario, Environment, RunOptions, ScenarioResult } from '@seaworthy/scenario';
import { expect, it } from 'vitest';
import { collectionScenarios } from '../../../src/scenarios/index.ts';
import { IMAGE, IMAGE_PYTHON, MIB } from '../../run/container/container-project.ts';
import { SMALL_PROJECT, temporaryProject } from '../temporary-project.ts';
import { UNHURRIED } from '../unhurried.ts';
import { runOne, runWithFault } from '../with-fault.ts';

const scenarios = collectionScenarios({ scale: 0.02 });

function scenarioOf(id: string): AnyScenario {
  const found = scenarios.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no scenario ${id}`);
  return found;
}

/** Without any Python on this machine: what passes has run in the image. */
async function environmentInImage(root: string): Promise<Environment> {
  const { endpoint } = await connectEngine();
  return {
    project: { root },
    cores: 2,
    memoryBytes: 4_000_000_000,
    subject: {
      kind: 'image',
      endpoint,
      image: IMAGE,
      name: IMAGE,
      limits: { memoryBytes: 300 * MIB, memorySwapBytes: 300 * MIB, pids: 64 },
      python: { executable: IMAGE_PYTHON, version: '3.11.2' },
    },
  };
}

async function run(id: string): Promise<ScenarioResult> {
  await using project = await temporaryProject(SMALL_PROJECT);
  await using workspace = await openWorkspace();
  const environment = await environmentInImage(project.root);
  return await runOne(scenarioOf(id), { environment, workspace, overrides: UNHURRIED });
}

it.each([
  'collection/simple-1000',
  'collection/circular-imports',
  'collection/project',
  'memory/collection-leak',
])(
  '%s runs in the image that is validated',
  async (id) => {
    const { verdict, findings, reasons } = await run(id);
    const errors = findings.filter(({ severity }) => severity === 'error');
    // On a machine that is too busy it may say so; that it ran there is seen all the same.
    expect(errors).toEqual([]);
    expect(verdict === 'passed' || reasons.length > 0).toBe(true);
    expect(['passed', 'inconclusive']).toContain(verdict);
  },
  300_000,
);

/** Of 800 MB, which the container does not have. */
const DEFAULT_MEMORY: RunOptions['overrides'] = new Map([
  ['collection/nested-complex', { values: { maxDuration: 600_000 }, source: 'the test' }],
]);

it.each([
  ['collection/simple-1000', 'loses-files', ['COL004'], UNHURRIED],
  // What it leaves and what it locks, containers must have in common.
  ['collection/interruption', 'corrupts-a-cache', ['COL042'], UNHURRIED],
  ['collection/nested-complex', 'keeps-memory-for-each-file', ['COL007', 'COL002'], DEFAULT_MEMORY],
])(
  '%s with the fault %s is caught there as well',
  async (id, fault, codes, overrides) => {
    await using workspace = await openWorkspace();
    const environment = await environmentInImage(workspace.folder);
    const { applied, raised } = await runWithFault(scenarioOf(id), fault, {
      environment,
      workspace,
      overrides,
    });
    expect([applied, raised]).toEqual([true, codes]);
  },
  300_000,
);

it('an image without Python is missing one, and says how to name it', async () => {
  const { subject, ...environment } = await environmentInImage('/');
  if (subject?.kind !== 'image') throw new Error('Expected an image');
  const { python: _, ...bare } = subject;
  const missing = scenarioOf('collection/simple-1000').requires?.({ ...environment, subject: bare });
  expect(missing?.what).toBe(`a Python interpreter in the image ${IMAGE}`);
});
