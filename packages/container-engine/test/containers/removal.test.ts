import { existsSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { openWorkspace, RUN_LABEL } from '@seaworthy/scenario';
import { startContainer, type ContainerEngine } from '../../src/index.ts';
import { containersOf, testEngine, TINY } from '../test-engine.ts';

/** A container that no run of ours made, gone after the test. */
async function strange(engine: ContainerEngine, name: string, Labels: Record<string, string>): Promise<void> {
  const container = await engine.client.createContainer({
    name,
    Image: TINY,
    Cmd: ['sleep', '1000'],
    Labels,
  });
  onTestFinished(() => container.remove({ force: true }) as Promise<void>);
}

test.for<[string, Record<string, string>]>([
  ['no label', {}],
  ['the label of another run', { [RUN_LABEL]: 'another' }],
])('a container of our name with %s is left alone, and that is told', async ([, labels]) => {
  const engine = await testEngine();
  const workspace = await openWorkspace();
  const name = `seaworthy-${workspace.runId}-strange`;
  await strange(engine, name, labels);
  const owned = workspace.own({ kind: 'container', endpoint: engine.endpoint, name });
  await expect(owned[Symbol.asyncDispose]()).rejects.toThrow(`${name} is not of run ${workspace.runId}`);
  expect(await containersOf(engine, name)).toEqual([name]);
  owned.forget();
  await workspace[Symbol.asyncDispose]();
  expect(existsSync(workspace.folder)).toBe(false);
});

test('a container that appears only after its removal began is removed', async () => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  const name = `seaworthy-${workspace.runId}-late`;
  const owned = workspace.own({ kind: 'container', endpoint: engine.endpoint, name });
  const removal = Promise.resolve(owned[Symbol.asyncDispose]());
  await engine.client.createContainer({ name, Image: TINY, Labels: { [RUN_LABEL]: workspace.runId } });
  await removal;
  expect(await containersOf(engine, name)).toEqual([]);
});

test('one that somebody else removes at the same time is no problem', async () => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  const container = await startContainer(engine, workspace, {
    image: TINY,
    purpose: 'contested',
    command: ['sleep', '1000'],
    limits: {},
  });
  const handle = engine.client.getContainer(container.id);
  await Promise.all([
    container[Symbol.asyncDispose](),
    handle.remove({ force: true }).catch(() => {}),
    handle.remove({ force: true }).catch(() => {}),
  ]);
  expect(await containersOf(engine, container.name)).toEqual([]);
  expect(await container.exited).toMatchObject({ code: 137 });
});

test('its anonymous volumes go with it', async () => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  const name = `seaworthy-${workspace.runId}-volumes`;
  const owned = workspace.own({ kind: 'container', endpoint: engine.endpoint, name });
  const made = await engine.client.createContainer({
    name,
    Image: TINY,
    Volumes: { '/data': {} },
    Labels: { [RUN_LABEL]: workspace.runId },
  });
  const volume = (await made.inspect()).Mounts[0]?.Name ?? '';
  expect(volume).not.toBe('');
  await owned[Symbol.asyncDispose]();
  await expect(engine.client.getVolume(volume).inspect()).rejects.toMatchObject({ statusCode: 404 });
});
