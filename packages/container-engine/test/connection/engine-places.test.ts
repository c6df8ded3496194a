import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { enginePlaces } from '../../src/connection/engine-places.ts';

/** A home folder with Docker's own configuration in it. */
function home(context: string, host?: string, pems: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'home-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const digest = createHash('sha256').update(context).digest('hex');
  const meta = join(folder, '.docker/contexts/meta', digest);
  const tls = join(folder, '.docker/contexts/tls', digest, 'docker');
  for (const made of [meta, tls]) mkdirSync(made, { recursive: true });
  writeFileSync(join(folder, '.docker/config.json'), JSON.stringify({ currentContext: context }));
  if (host !== undefined) {
    const text = JSON.stringify({
      Name: context,
      Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
    });
    writeFileSync(join(meta, 'meta.json'), text);
  }
  for (const pem of pems) writeFileSync(join(tls, `${pem}.pem`), '');
  return folder;
}

test.for<[Record<string, string>, unknown]>([
  [{ DOCKER_HOST: 'unix:///run/x.sock' }, { kind: 'socket', path: '/run/x.sock' }],
  [{ DOCKER_HOST: 'unix://' }, { kind: 'socket', path: '/var/run/docker.sock' }],
  [{ DOCKER_HOST: 'tcp://builder:1234' }, { kind: 'tcp', host: 'builder', port: 1234 }],
  [{ DOCKER_HOST: 'tcp://builder' }, { kind: 'tcp', host: 'builder', port: 2375 }],
  [{ DOCKER_HOST: 'builder:1234' }, { kind: 'tcp', host: 'builder', port: 1234 }],
  [{ DOCKER_HOST: 'tcp://[::1]:1234' }, { kind: 'tcp', host: '::1', port: 1234 }],
  [
    { DOCKER_HOST: 'tcp://builder', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/none' },
    { kind: 'tcp', host: 'builder', port: 2376, tls: {} },
  ],
])('%o leads to the engine %o alone', ([env, endpoint]) => {
  expect(enginePlaces(env, '/none')).toEqual([{ foundBy: 'DOCKER_HOST', endpoint }]);
});

test.for([
  ['ssh://me@builder', 'engines over ssh:// are not supported yet'],
  ['npipe:////./pipe/docker_engine', 'use WSL 2'],
  ['gopher://x', 'expected unix:///path or tcp://host:port'],
  ['tcp://', 'expected unix:///path or tcp://host:port'],
] as const)('%s is no place to look at, and it is said why', ([host, problem]) => {
  expect(enginePlaces({ DOCKER_HOST: host }, '/none')).toEqual([
    { foundBy: 'DOCKER_HOST', problem: expect.stringContaining(problem) as string },
  ]);
});

test('the current context leads to its engine, with the certificates that it keeps', () => {
  const folder = home('far-away', 'tcp://builder:2376', ['ca', 'cert', 'key']);
  const tls = join(
    folder,
    '.docker/contexts/tls',
    createHash('sha256').update('far-away').digest('hex'),
    'docker',
  );
  expect(enginePlaces({}, folder)).toEqual([
    {
      foundBy: 'context far-away',
      endpoint: {
        kind: 'tcp',
        host: 'builder',
        port: 2376,
        tls: { ca: join(tls, 'ca.pem'), cert: join(tls, 'cert.pem'), key: join(tls, 'key.pem') },
      },
    },
  ]);
});

test('DOCKER_CONTEXT beats the current one, DOCKER_HOST beats both, and `default` means the usual sockets', () => {
  const folder = home('other', 'unix:///run/other.sock');
  expect(enginePlaces({ DOCKER_CONTEXT: 'lost' }, folder)).toEqual([
    { foundBy: 'context lost', problem: expect.stringContaining('docker context ls') as string },
  ]);
  expect(enginePlaces({ DOCKER_CONTEXT: 'lost', DOCKER_HOST: 'unix:///x' }, folder)).toHaveLength(1);
  const usual = enginePlaces({ DOCKER_CONTEXT: 'default', XDG_RUNTIME_DIR: '/run/user/7' }, folder);
  expect(usual.map(({ foundBy }) => foundBy)).toEqual([
    '/var/run/docker.sock',
    '/run/user/7/docker.sock',
    join(folder, '.docker/run/docker.sock'),
    join(folder, '.docker/desktop/docker.sock'),
    join(folder, '.colima/default/docker.sock'),
    join(folder, '.rd/docker.sock'),
    '/run/user/7/podman/podman.sock',
    '/run/podman/podman.sock',
  ]);
});

test('a configuration that is no JSON is as good as none', () => {
  const folder = home('x');
  writeFileSync(join(folder, '.docker/config.json'), '{');
  expect(enginePlaces({}, folder)[0]).toMatchObject({ foundBy: '/var/run/docker.sock' });
});
