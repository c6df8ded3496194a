import { tmpdir } from 'node:os';
import { connectEngine } from '@seaworthy/container-engine';
import { RUN_LABEL, openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { watchLeftBehind } from '../../src/machine/left-behind.ts';

test('what a run left is named, and what it removed is not', async () => {
  await using workspace = await openWorkspace();
  const { runId } = workspace;
  const engine = await connectEngine();
  const { client } = engine;
  const lookAgain = await watchLeftBehind({ runId, temporaryFolder: tmpdir(), engine });
  const clean = await lookAgain();
  expect(clean.left).toEqual([]);
  expect(clean.availableBytes.before).toBeGreaterThan(2 ** 20);

  const name = `seaworthy-${runId}-left`;
  const volume = { Name: name, Labels: { [RUN_LABEL]: runId } };
  await client.createVolume(volume);
  const sleeper = workspace.spawn('sleep', ['1000'], { stdio: 'ignore' });
  try {
    const { left } = await lookAgain();
    expect(left.toSorted()).toEqual([
      `process ${String(sleeper.pid)} sleep 1000 is left`,
      `volume ${name} is left`,
    ]);
  } finally {
    await client.getVolume(name).remove();
    await sleeper[Symbol.asyncDispose]();
  }
  expect((await lookAgain()).left).toEqual([]);
}, 60_000);

test('an engine that is gone afterwards is no reason to fail, and no proof of anything', async () => {
  await using workspace = await openWorkspace();
  const engine = await connectEngine();
  const { client } = engine;
  let isGone = false;
  let asked = 0;
  const failing = {
    ...engine,
    client: new Proxy(client, {
      get(target, name) {
        if (isGone && name === 'listContainers')
          return () => {
            asked += 1;
            return Promise.reject(Object.assign(new Error('connect ENOENT'), { code: 'ENOENT' }));
          };
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    }),
  };
  const { runId } = workspace;
  const lookAgain = await watchLeftBehind({ runId, temporaryFolder: tmpdir(), engine: failing });
  isGone = true;
  expect((await lookAgain()).left).toEqual([
    'whether a container is left could not be read again',
    'whether a network is left could not be read again',
    'whether a volume is left could not be read again',
  ]);
  // One that hangs would have its whole patience each time.
  expect(asked).toBe(1);
}, 60_000);
