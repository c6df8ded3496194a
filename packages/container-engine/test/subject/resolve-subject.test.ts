import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace } from '@seaworthy/scenario';
import type { Workspace } from '@seaworthy/scenario';
import { findImage, findTestService, resolveSubject } from '../../src/index.ts';
import type { ContainerEngine, ResolvedSubject, SubjectOptions } from '../../src/index.ts';
import { WrittenFiles } from '../compose/written-files.ts';
import { TINY, containersOf, testEngine } from '../test-engine.ts';

const DEBIAN = 'seaworthy-test/debian:latest';

let engine: ContainerEngine;
let workspace: Workspace;

beforeAll(async () => {
  engine = await testEngine();
  if ((await findImage(engine, DEBIAN)) === undefined)
    throw new Error(`The engine has no image ${DEBIAN}: make it with \`npx nx run tools:test-images\``);
  workspace = await openWorkspace();
}, 60_000);

afterAll(async () => {
  const left = await containersOf(engine, `seaworthy-${workspace.runId}`);
  await workspace[Symbol.asyncDispose]();
  expect(left).toEqual([]);
}, 60_000);

const COMPOSE = `services:
  tests:
    image: ${DEBIAN}
    command: pytest -q
    working_dir: /srv
    mem_limit: 300m
    cpus: 0.5
`;

async function resolved(
  text: string | undefined,
  options: Partial<SubjectOptions> = {},
): Promise<ResolvedSubject> {
  using files = new WrittenFiles(text === undefined ? { x: '' } : { 'compose.yaml': text });
  return await resolveSubject({
    engine,
    root: files.folder,
    composeFiles: text === undefined ? [] : [join(files.folder, 'compose.yaml')],
    env: {},
    workspace,
    ...options,
  });
}

describe('an image', () => {
  it('of the service that runs pytest, with its limits and its interpreter', async () => {
    const { subject, why, python } = await resolved(COMPOSE);
    expect(subject).toMatchObject({
      kind: 'image',
      endpoint: engine.endpoint,
      image: (await findImage(engine, DEBIAN))?.id,
      name: DEBIAN,
      limits: { memoryBytes: 300 * 2 ** 20, cpus: 0.5 },
      declaredAt: { path: 'compose.yaml', line: 2, column: 3 },
      service: 'tests',
      workingFolder: '/srv',
      python: { executable: python?.executable, version: python?.version, pytest: python?.pytest },
      command: ['pytest', '-q'],
    });
    expect(python).toMatchObject({ implementation: 'CPython' });
    expect(python?.pytest).toMatch(/^\d+\./);
    expect(python?.executable).toMatch(/^\//);
    expect(why).toBe('its command runs pytest');
  }, 60_000);

  it('that the configuration names, with the limits that it names over those of the file', async () => {
    const { subject, why } = await resolved(COMPOSE, {
      settings: { image: DEBIAN, python: '/nowhere/python', limits: { cpus: 1, pids: 64 } },
    });
    expect(subject).toMatchObject({
      kind: 'image',
      limits: { memoryBytes: 300 * 2 ** 20, cpus: 1, pids: 64 },
    });
    expect(why).toBe(
      'the configuration names it; it has no interpreter /nowhere/python, which the configuration names',
    );
  }, 60_000);

  it('of several that are built from the project, that of the service whose image has pytest', async () => {
    const { subject, why } = await resolved(
      `services:\n  web: {build: ., image: "${TINY}"}\n  check: {build: ., image: "${DEBIAN}", command: sh}\n`,
    );
    expect([subject, why]).toMatchObject([{ service: 'check', name: DEBIAN }, 'its image has pytest']);
  }, 60_000);

  it('of a service that neither is built nor has a command, whose image runs pytest by itself', async () => {
    const name = `seaworthy-test-runs-pytest-${String(process.pid)}:latest`;
    const container = await engine.client.createContainer({
      Image: DEBIAN,
      name: `seaworthy-test-runs-pytest-${String(process.pid)}`,
    });
    try {
      await container.commit({
        repo: name.replace(/:.*/, ''),
        tag: 'latest',
        changes: 'CMD ["pytest", "-q"]',
      });
      const text = `services:\n  cache: {image: "${TINY}"}\n  tests: {image: "${name}"}\n`;
      const { subject, why } = await resolved(text);
      expect([subject, why]).toMatchObject([{ service: 'tests', name }, 'its image runs pytest']);
      using files = new WrittenFiles({ 'compose.yaml': text });
      const project = await files.read();
      expect((await findTestService(engine, project, files.folder))?.service.name).toBe('tests');
      expect(await findTestService(undefined, project, files.folder)).toBeUndefined();
    } finally {
      await container.remove({ force: true });
      await engine.client.getImage(name).remove();
    }
  }, 60_000);

  it('without Python is stated', async () => {
    const { subject, why } = await resolved(undefined, { settings: { image: TINY } });
    expect(subject).toMatchObject({ kind: 'image', name: TINY, limits: {} });
    expect(subject).not.toHaveProperty('python');
    expect(why).toBe('the configuration names it; it has no Python');
  }, 60_000);
});

describe('the host, with a reason', () => {
  it.each<[string, string | undefined, Partial<SubjectOptions>, RegExp]>([
    ['asked for', COMPOSE, { settings: { subject: 'host' } }, /^it was asked for$/],
    ['no engine', COMPOSE, { engine: undefined }, /^no container engine answers$/],
    ['no engine, and why', COMPOSE, { engine: undefined, engineProblem: 'none at x' }, /^none at x$/],
    ['no compose file', undefined, {}, /^there is no compose file, and the configuration names no image/],
    [
      'an image that is not built',
      'services:\n  tests: {build: ., command: pytest}\n',
      {},
      /^the engine has no image shop-tests of service tests; get it with: docker compose build tests$/,
    ],
    [
      'an image that is not pulled',
      'services:\n  tests: {image: "nobody/has:this", command: pytest}\n',
      {},
      /no image nobody\/has:this of service tests; get it with: docker compose pull tests$/,
    ],
    [
      'no service that could be it',
      'services:\n  db: {image: postgres}\n',
      {},
      /^no service of .*compose\.yaml runs pytest or is built from /,
    ],
    [
      'an image of the configuration that is not there',
      undefined,
      { settings: { image: 'nobody/has:this' } },
      /^the engine has no image nobody\/has:this, which the configuration names; build or pull it first$/,
    ],
  ])('%s', async (_, text, options, reason) => {
    const { subject, why } = await resolved(text, options);
    expect(subject).toEqual({ kind: 'host' });
    expect(why).toMatch(reason);
  });

  it('is no way out where an image was asked for', async () => {
    const settings = { subject: 'image' } as const;
    await expect(resolved(undefined, { settings })).rejects.toMatchObject({
      name: 'SubjectUnavailable',
      message: expect.stringMatching(/^No image can be validated: there is no compose file/) as string,
    });
  });

  it('nor where a compose file has a mistake', async () => {
    await expect(resolved('services: [tests]\n')).rejects.toMatchObject({ code: 'BAD_COMPOSE_FILE' });
  });
});
