import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, type ComposeProject, type ContainerEngine } from '@seaworthy/container-engine';
import { openWorkspace, type MeasureContext, type Workspace } from '@seaworthy/scenario';
import { seeRunning, tryServices } from '../../../src/scenarios/configuration/see-containers.ts';
import { MIB, SERVICE } from './observed-configuration.ts';

const TINY = 'seaworthy-test/tiny:latest';

let engine: ContainerEngine;
let workspace: Workspace;

beforeAll(async () => {
  engine = await connectEngine();
  workspace = await openWorkspace();
}, 60_000);

afterAll(() => workspace[Symbol.asyncDispose](), 60_000);

/** As if it were on another machine, of which nothing can be seen from here. */
function farAway(): ContainerEngine {
  return { endpoint: engine.endpoint, client: engine.client, facts: { ...engine.facts, local: false } };
}

function contextFor(image: string): MeasureContext {
  return {
    environment: {
      project: { root: workspace.folder },
      cores: 2,
      memoryBytes: 2 ** 34,
      subject: { kind: 'image', image, name: 'tests' },
    },
    workspace,
    signal: new AbortController().signal,
    seed: 1,
    progress: () => {},
  } as unknown as MeasureContext;
}

describe('what nobody read back is not taken for being in force', () => {
  const plan = { composeFiles: [], leaveOut: [], mostTrials: 3 };

  it('of an engine elsewhere, limits are read in the container', async () => {
    const { containers, notSeen } = await tryServices(
      farAway(),
      [SERVICE],
      undefined,
      plan,
      contextFor(TINY),
    );
    expect(notSeen).toEqual([]);
    expect(containers).toMatchObject([{ effective: { memoryBytes: 512 * MIB }, differences: [] }]);
    expect(containers[0]?.effective).not.toHaveProperty('readFrom');
  }, 60_000);

  it('an image without `cat` there: nothing was seen', async () => {
    const name = `seaworthy-test-without-cat-${String(process.pid)}`;
    const container = await engine.client.createContainer({
      name,
      Image: TINY,
      Entrypoint: ['sh', '-c', 'rm /bin/cat'],
      HostConfig: { NetworkMode: 'none' },
    });
    try {
      await container.start();
      await container.wait();
      const { Id } = (await container.commit({ repo: name })) as { Id: string };
      const { containers, notSeen } = await tryServices(
        farAway(),
        [SERVICE],
        undefined,
        plan,
        contextFor(Id),
      );
      expect(containers).toEqual([]);
      expect(notSeen).toEqual([expect.stringContaining('a container for tests can be read neither')]);
    } finally {
      await container.remove({ force: true });
      await engine.client.getImage(name).remove();
    }
  }, 60_000);
});

describe('containers of the project that run', () => {
  const project = { name: `seaworthy-see-${String(process.pid)}`, services: [] } as unknown as ComposeProject;

  async function withRunning<T>(use: () => Promise<T>): Promise<T> {
    const container = await engine.client.createContainer({
      name: `${project.name}-one`,
      Image: TINY,
      Entrypoint: ['sleep', '60'],
      Labels: { 'com.docker.compose.project': project.name, 'com.docker.compose.service': 'one' },
      HostConfig: { NetworkMode: 'none', Memory: 64 * MIB },
    });
    try {
      await container.start();
      return await use();
    } finally {
      await container.remove({ force: true });
    }
  }

  it('here: as the kernel says', async () => {
    const seen = await withRunning(() => seeRunning(engine, project));
    expect(seen).toMatchObject({
      containers: [{ effective: { memoryBytes: 64 * MIB }, differences: [] }],
      notSeen: [],
    });
  }, 60_000);

  it('elsewhere: compared with what the engine was asked for, and nothing is said to be in force', async () => {
    const { containers, notSeen } = await withRunning(() => seeRunning(farAway(), project));
    expect(containers).toMatchObject([{ name: `${project.name}-one`, differences: [] }]);
    expect(containers[0]).not.toHaveProperty('effective');
    expect(notSeen).toEqual([expect.stringContaining(`the cgroup of ${project.name}-one cannot be seen`)]);
  }, 60_000);

  it('a process that has the number of one that ended is not taken for the container', async () => {
    // The engine's word is a moment old: by then the number may belong to anything, such as to this test.
    const late = new Proxy(engine.client, {
      get: (client, key) => {
        if (key === 'getContainer')
          return (id: string) => ({
            inspect: async () => ({
              ...(await client.getContainer(id).inspect()),
              State: { Pid: process.pid },
            }),
          });
        const value = client[key as keyof typeof client] as unknown;
        return typeof value === 'function' ? (value.bind(client) as unknown) : value;
      },
    });
    const seen = await withRunning(() =>
      seeRunning({ endpoint: engine.endpoint, facts: engine.facts, client: late }, project),
    );
    expect(seen.containers).toMatchObject([{ differences: [] }]);
    expect(seen.notSeen).toHaveLength(1);
  }, 60_000);
});
