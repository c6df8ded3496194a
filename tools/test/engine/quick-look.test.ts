import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickLook } from '../../src/engine/quick-look.ts';

let folder: string;
let server: Server | undefined;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'seaworthy-look-'))));
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true });
});

/** An engine that says this of itself, with nothing that names another one. */
async function listen(version: object, info: object = {}) {
  const socket = join(folder, 'engine.sock');
  server = createServer(({ url }, response) =>
    response.end(JSON.stringify(url === '/info' ? info : version)),
  );
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(socket, resolve);
  await promise;
  return { env: {}, homeFolder: folder, socket };
}

const docker = { Version: '20.10.24', ApiVersion: '1.41' };

describe('quickLook', () => {
  it('tells the engine of this machine', async () => {
    expect(await quickLook({ env: {}, homeFolder: folder })).toMatchObject({
      foundBy: '/var/run/docker.sock',
    });
  });

  it('reads its product, version and control groups', async () => {
    const place = await listen(
      { ...docker, Components: [{ Name: 'Podman Engine' }] },
      { CgroupVersion: '2' },
    );
    expect(await quickLook(place)).toEqual({
      product: 'podman',
      version: '20.10.24',
      cgroupVersion: 2,
      foundBy: place.socket,
    });
  });

  it.each([{ DOCKER_HOST: 'unix:///other.sock' }, { DOCKER_CONTEXT: 'other' }])(
    'does not look where %j names another place',
    async (env) => {
      expect(await quickLook({ ...(await listen(docker)), env })).toBeUndefined();
    },
  );

  it('does not look where the current context is another place', async () => {
    writeFileSync(join(folder, 'config.json'), '{"currentContext":"other"}');
    const place = await listen(docker);
    expect(await quickLook({ ...place, env: { DOCKER_CONFIG: folder } })).toBeUndefined();
  });

  it('leaves what is too old, is no engine or does not answer to those who explain it', async () => {
    expect(await quickLook(await listen({ ...docker, ApiVersion: '1.39' }))).toBeUndefined();
    server?.close();
    expect(await quickLook(await listen({}))).toBeUndefined();
    expect(await quickLook({ env: {}, homeFolder: folder, socket: '/no/engine.sock' })).toBeUndefined();
  });
});
