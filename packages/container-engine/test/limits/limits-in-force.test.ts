import { expect, test } from 'vitest';
import { openWorkspace, type ContainerLimits } from '@seaworthy/scenario';
import { compareLimits, startContainer, type ContainerEngine, type LimitsInForce } from '../../src/index.ts';
import { testEngine, TINY } from '../test-engine.ts';

const MB = 2 ** 20;
const declared: ContainerLimits = {
  memoryBytes: 48 * MB,
  memorySwapBytes: 64 * MB,
  cpus: 0.25,
  pids: 20,
  ulimits: [
    { name: 'nofile', soft: 100, hard: 128 },
    { name: 'core', soft: 0, hard: 0 },
  ],
  shmBytes: MB,
  tmpfs: [{ path: '/scratch', bytes: 2 * MB }],
  readOnlyRoot: true,
  init: true,
};

async function limitsOn(
  engine: ContainerEngine,
  limits: ContainerLimits,
  script = 'exec sleep 1000',
): Promise<LimitsInForce> {
  await using workspace = await openWorkspace();
  const container = await startContainer(engine, workspace, {
    image: TINY,
    purpose: 'limited',
    command: ['sh', '-c', script],
    limits,
  });
  return await container.effectiveLimits();
}

/** As if it were on another machine, of which nothing can be seen from here. */
const farAway = (engine: ContainerEngine): ContainerEngine => ({
  endpoint: engine.endpoint,
  client: engine.client,
  facts: { ...engine.facts, local: false },
});

test('all limits are read back from the files of the kernel', async () => {
  const effective = await limitsOn(await testEngine(), declared);
  expect(effective).toMatchObject({
    ...declared,
    ulimits: expect.arrayContaining([...(declared.ulimits ?? [])]) as [],
  });
  expect(effective.readFrom).toBe('kernel files');
  expect(compareLimits(declared, effective)).toEqual([]);
});

test('of an engine elsewhere, from inside the container', async () => {
  const engine = await testEngine();
  const effective = await limitsOn(farAway(engine), declared);
  expect(effective.readFrom).toBe('kernel files in the container');
  expect(effective).toEqual({ ...(await limitsOn(engine, declared)), readFrom: effective.readFrom });
});

test('where nothing can be read, the engine is believed, and that is said', async () => {
  await using workspace = await openWorkspace();
  const engine = farAway(await testEngine());
  const container = await startContainer(engine, workspace, {
    image: TINY,
    purpose: 'ended',
    command: ['true'],
    limits: declared,
  });
  await container.exited;
  expect(await container.effectiveLimits()).toEqual({ ...declared, readFrom: 'engine' });
});

test('a limit that is changed or missing behind our back is a difference', async () => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  const container = await startContainer(engine, workspace, {
    image: TINY,
    purpose: 'changed',
    command: ['sleep', '1000'],
    limits: declared,
  });
  await engine.client.getContainer(container.id).update({ Memory: 32 * MB, PidsLimit: 0, NanoCpus: 5e8 });
  const differences = compareLimits(declared, await container.effectiveLimits());
  expect(differences).toContainEqual({ name: 'memoryBytes', declared: 48 * MB, effective: 32 * MB });
  expect(differences).toContainEqual({ name: 'cpus', declared: 0.25, effective: 0.5 });
});

test('more memory than the machine has: the engine takes it, and it is told', async () => {
  const memoryBytes = 64 * 2 ** 40;
  expect(await limitsOn(await testEngine(), { memoryBytes })).toMatchObject({ memoryBytes });
});

test('what was not declared is not limited', async () => {
  const effective = await limitsOn(await testEngine(), {});
  expect(effective).not.toHaveProperty('memoryBytes');
  expect(effective).not.toHaveProperty('cpus');
  expect(effective).toMatchObject({ readOnlyRoot: false, init: false, tmpfs: [] });
});
