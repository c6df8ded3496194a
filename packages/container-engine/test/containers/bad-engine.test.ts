import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openWorkspace, type Workspace } from '@seaworthy/scenario';
import {
  connectTo,
  EngineError,
  EngineUnavailable,
  startContainer,
  type ContainerEngine,
  type ContainerSpec,
  type OwnedContainer,
} from '../../src/index.ts';
import { OwnEngine } from '../own-engine.ts';
import { containersOf, TINY } from '../test-engine.ts';

const spec: ContainerSpec = {
  image: TINY,
  purpose: 'victim',
  command: ['sh', '-c', 'trap "exit 7" TERM; echo up; while :; do sleep 0.1; done'],
  limits: {},
};

/** How a promise fails, and after how long. */
async function failureOf(promise: Promise<unknown>): Promise<EngineError> {
  const error = await promise.then(
    (value) => new Error(`It did not fail: ${JSON.stringify(value)}`),
    (reason: unknown) => reason as Error,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
}

async function startUp(engine: ContainerEngine, workspace: Workspace): Promise<OwnedContainer> {
  const container = await startContainer(engine, workspace, spec);
  await new Promise((resolve) => container.stdout.once('data', resolve));
  return container;
}

test(
  'an engine that hangs midway: everything that waits fails and says so, and all is removed once it goes on',
  { timeout: 180_000 },
  async () => {
    await using own = await OwnEngine.start();
    const engine = await own.connect(4_000);
    const workspace = await openWorkspace();
    const container = await startUp(engine, workspace);
    const exec = container.exec(['sleep', '1000']);
    exec.catch(() => {});
    await sleep(200); // Not before the engine has heard of it.

    own.freeze();
    const waiting = {
      exited: container.exited,
      exec,
      create: startContainer(engine, workspace, spec),
      kill: container.kill('SIGKILL'),
      limits: container.exec(['true']),
    };
    const failures = Object.entries(waiting).map(
      async ([name, promise]) => [name, await failureOf(promise)] as const,
    );
    for (const [name, error] of await Promise.all(failures)) {
      expect(error.code, name).toBe('TIMEOUT');
      expect(error.message, name).toContain(own.socket);
      expect(error.message, name).toContain('docker info');
    }
    await expect(connectTo(engine.endpoint, { timeoutMs: 500 })).rejects.toThrow(EngineUnavailable);
    // What cannot be removed now is told, and handed over to the guard.
    await expect(workspace[Symbol.asyncDispose]()).rejects.toThrow(
      `The container engine at ${own.socket} does not answer`,
    );

    own.thaw();
    const alive = await own.connect();
    await expect
      .poll(() => containersOf(alive, `seaworthy-${workspace.runId}-`), { timeout: 60_000 })
      .toEqual([]);
    await expect.poll(() => existsSync(workspace.folder), { timeout: 60_000 }).toBe(false);
    // Also of the create that the engine took up late.
    await sleep(500);
    expect(await containersOf(alive, 'seaworthy-')).toEqual([]);
  },
);

test('an engine that is started again in an orderly way: how the container ended is still told', async () => {
  await using own = await OwnEngine.start();
  const engine = await own.connect();
  await using workspace = await openWorkspace();
  const container = await startUp(engine, workspace);
  await own.stop('SIGTERM');
  own.startAgain();
  await own.connect();
  expect(await container.exited).toMatchObject({ code: 7, oomKilled: false });
  await container[Symbol.asyncDispose]();
  expect(await containersOf(engine, 'seaworthy-')).toEqual([]);
});

test('an engine that is killed and started again', async () => {
  await using own = await OwnEngine.start();
  const engine = await own.connect();
  await using workspace = await openWorkspace();
  const container = await startUp(engine, workspace);
  await own.stop('SIGKILL');
  own.startAgain();
  await own.connect();
  await container[Symbol.asyncDispose]();
  expect(await containersOf(engine, 'seaworthy-')).toEqual([]);
  const outcome = await container.exited.catch((error: unknown) => error as EngineError);
  if (outcome instanceof EngineError) expect(outcome.message).toContain(own.socket);
  else expect(outcome.code).toBe(7); // A daemon that starts ends what another one left running.
});

test(
  'an engine that is gone: an error at once, and the container goes when it is back',
  { timeout: 180_000 },
  async () => {
    await using own = await OwnEngine.start();
    const engine = await own.connect();
    const workspace = await openWorkspace();
    const container = await startUp(engine, workspace);
    await own.stop('SIGKILL');
    for (const promise of [startContainer(engine, workspace, spec), container.exec(['true'])]) {
      const error = await failureOf(promise);
      expect(error.code).toBe('CONNECTION');
      expect(error.message).toMatch(/is the engine running\?/);
    }
    await expect(workspace[Symbol.asyncDispose]()).rejects.toThrow('does not answer');
    own.startAgain();
    const back = await own.connect();
    await expect.poll(() => containersOf(back, 'seaworthy-'), { timeout: 60_000 }).toEqual([]);
    await expect.poll(() => existsSync(workspace.folder), { timeout: 60_000 }).toBe(false);
  },
);
