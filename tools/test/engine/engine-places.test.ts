import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { enginePlaces } from '../../src/engine/engine-places.ts';

let homeFolder: string;
beforeEach(() => (homeFolder = mkdtempSync(join(tmpdir(), 'seaworthy-home-'))));
afterEach(() => {
  rmSync(homeFolder, { recursive: true });
});

function addContext(name: string, Host: string): string {
  const id = createHash('sha256').update(name).digest('hex');
  const folder = join(homeFolder, '.docker/contexts/meta', id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host } } }));
  return id;
}

describe('enginePlaces', () => {
  it('is DOCKER_HOST and nothing else where it is set', () => {
    addContext('elsewhere', 'tcp://elsewhere:1');
    const env = { DOCKER_HOST: 'tcp://127.0.0.1:2375', DOCKER_CONTEXT: 'elsewhere' };
    expect(enginePlaces({ env, homeFolder })).toEqual([
      { name: 'DOCKER_HOST', address: 'tcp://127.0.0.1:2375' },
    ]);
  });

  it('takes the certificates of DOCKER_CERT_PATH, else of ~/.docker', () => {
    const env = { DOCKER_HOST: 'tcp://engine:2376', DOCKER_TLS_VERIFY: '1' };
    expect(enginePlaces({ env, homeFolder })[0]?.certificates).toBe(join(homeFolder, '.docker'));
    expect(
      enginePlaces({ env: { ...env, DOCKER_CERT_PATH: '/certificates' }, homeFolder })[0]?.certificates,
    ).toBe('/certificates');
  });

  it('begins with the current context, which DOCKER_CONTEXT overrides', () => {
    const id = addContext('desktop', 'unix:///desktop.sock');
    addContext('other', 'tcp://other:2376');
    mkdirSync(join(homeFolder, '.docker/contexts/tls', id, 'docker'), { recursive: true });
    writeFileSync(join(homeFolder, '.docker/config.json'), JSON.stringify({ currentContext: 'desktop' }));
    expect(enginePlaces({ env: {}, homeFolder })[0]).toEqual({
      name: 'docker context desktop',
      address: 'unix:///desktop.sock',
      certificates: join(homeFolder, '.docker/contexts/tls', id, 'docker'),
    });
    expect(enginePlaces({ env: { DOCKER_CONTEXT: 'other' }, homeFolder })[0]?.address).toBe(
      'tcp://other:2376',
    );
  });

  it('knows the sockets of rootless Docker, Docker Desktop and Podman that are there', () => {
    const runtime = join(homeFolder, 'runtime');
    const sockets = [
      join(runtime, 'docker.sock'),
      join(homeFolder, '.docker/run/docker.sock'),
      join(runtime, 'podman/podman.sock'),
    ];
    for (const socket of sockets) {
      mkdirSync(join(socket, '..'), { recursive: true });
      writeFileSync(socket, '');
    }
    const addresses = enginePlaces({ env: { XDG_RUNTIME_DIR: runtime }, homeFolder }).map(
      ({ address }) => address,
    );
    expect(addresses).toEqual(expect.arrayContaining(sockets.map((socket) => `unix://${socket}`)));
    rmSync(sockets[0] ?? '');
    expect(
      enginePlaces({ env: { XDG_RUNTIME_DIR: runtime }, homeFolder }).map(({ name }) => name),
    ).not.toContain(sockets[0]);
  });

  it('survives a configuration that is none', () => {
    mkdirSync(join(homeFolder, '.docker'));
    writeFileSync(join(homeFolder, '.docker/config.json'), '{"currentContext":');
    const names = enginePlaces({ env: {}, homeFolder }).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('docker context'))).toEqual([]);
  });
});
