import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http, { type RequestListener } from 'node:http';
import net from 'node:net';
import { cpus, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { connectEngine, connectTo, EngineUnavailable, findImage } from '../../src/index.ts';
import { testEngine, TINY } from '../test-engine.ts';

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'connect-test-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Listens on a socket until the end of the test. */
async function listen(server: net.Server): Promise<string> {
  const path = join(folder(), 'sock');
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return path;
}

const answering = (listener: RequestListener): Promise<string> => listen(http.createServer(listener));

async function unavailable(env: Record<string, string>, timeoutMs = 5_000): Promise<EngineUnavailable> {
  const error = await connectEngine({ env, homeFolder: folder(), timeoutMs }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EngineUnavailable);
  return error as EngineUnavailable;
}

test('tells what the engine is, and that it is here', async () => {
  const { facts } = await testEngine();
  expect(facts.version).toMatch(/^\d+\./);
  expect(facts.apiVersion).toMatch(/^1\.\d+$/);
  expect(facts).toMatchObject({
    memoryBytes: totalmem(),
    cores: cpus().length,
    kernel: release(),
    local: true,
  });
  const version = readFileSync('/proc/self/cgroup', 'utf8').trim().startsWith('0::') ? 2 : 1;
  expect(facts.cgroupVersion).toBe(version);
});

test('its client asks the same engine', async () => {
  const { client, facts } = await testEngine();
  expect(await client.version()).toMatchObject({ Version: facts.version });
  expect(await findImage({ ...(await testEngine()) }, 'seaworthy-test/there-is-none')).toBeUndefined();
  expect(await findImage(await testEngine(), TINY)).toMatchObject({
    id: expect.stringMatching(/^sha256:/) as string,
    names: expect.arrayContaining([TINY]) as string[],
  });
});

test('nothing listens: says where it looked', async () => {
  const error = await unavailable({ DOCKER_HOST: 'unix:///no/such/socket' });
  expect(error.tried).toEqual([
    {
      place: 'DOCKER_HOST (/no/such/socket)',
      problem: 'there is no such socket (is the engine running?)',
    },
  ]);
  expect(error.message).toContain('set DOCKER_HOST');
  expect((await unavailable({ DOCKER_HOST: 'tcp://127.0.0.1:1' })).message).toContain(
    'nothing listens there',
  );
  expect((await unavailable({ DOCKER_HOST: 'ssh://builder' })).message).toContain('ssh://');
});

test('something that never answers is given up', async () => {
  const path = await listen(net.createServer(() => {}));
  const start = performance.now();
  const error = await unavailable({ DOCKER_HOST: `unix://${path}` }, 300);
  expect(error.message).toContain('did not answer GET /version within 0.3 s');
  expect(performance.now() - start).toBeLessThan(20_000);
});

test.for<[string, RequestListener, string]>([
  ['no engine', (_, response) => response.end('hello'), 'is no container engine'],
  [
    'an engine that is ill',
    (_, response) => response.writeHead(500).end('{"message":"out of order"}'),
    'out of order',
  ],
  ['what hangs up', (_, response) => response.destroy(), 'the connection broke'],
])('%s is not connected to', async ([, listener, problem]) => {
  const path = await answering(listener);
  expect((await unavailable({ DOCKER_HOST: `unix://${path}` })).message).toContain(problem);
});

test('an engine that is too old: says how old it may be', async () => {
  const path = await answering((_, response) =>
    response.end(JSON.stringify({ Version: '18.06.1-ce', ApiVersion: '1.38' })),
  );
  const error = await connectTo({ kind: 'socket', path }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(EngineUnavailable);
  const { message, tried, advice } = error as EngineUnavailable;
  expect(message).toMatch(/^The container engine that answers is too old\. Update it to Docker 19\.03/);
  expect(message).not.toContain('Start Docker');
  expect(advice).toMatch(/^Update it/);
  expect(tried).toEqual([
    {
      place: path,
      problem:
        "the engine there (18.06.1-ce) is too old: it speaks version 1.38 of Docker's interface, and 1.40 (Docker 19.03) or later is needed; update it",
      tooOld: true,
    },
  ]);
  expect(await unavailable({ DOCKER_HOST: `unix://${path}` })).toMatchObject({
    tried: [{ place: `DOCKER_HOST (${path})`, tooOld: true }],
  });
});

test('no permission on the socket: says who may', async () => {
  const path = await answering((_, response) => response.end());
  chmodSync(path, 0o600);
  const lines = [
    `import { connectEngine } from ${JSON.stringify(join(import.meta.dirname, '../../src/index.ts'))};`,
    `try { await connectEngine({ env: { DOCKER_HOST: 'unix://${path}' } }); } catch (error) { console.log(error.message); }`,
  ];
  // Root may do everything: somebody else asks then.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (process.getuid?.() !== 0) chmodSync(path, 0);
  else chmodSync(join(path, '..'), 0o755);
  const child = spawn(
    process.execPath,
    ['--conditions=@seaworthy/source', '--input-type=module', '-e', lines.join('\n')],
    {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...user,
    },
  );
  expect(await text(child.stdout)).toContain(
    'no permission to use the socket (add the user to the group `docker`',
  );
});

test('over TLS, with certificates of both sides', async () => {
  const engine = await testEngine();
  const socket = engine.endpoint.kind === 'socket' ? engine.endpoint.path : '';
  const place = folder();
  const run = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: place, stdio: 'pipe' });
  run(
    ...'req -x509 -newkey rsa:2048 -nodes -keyout ca-key.pem -out ca.pem -days 2 -subj /CN=test'.split(' '),
    ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
  );
  const [key, cert] = ['ca-key.pem', 'ca.pem'].map((name) => readFileSync(join(place, name))) as [
    Buffer,
    Buffer,
  ];
  const server = tls.createServer(
    { key, cert, ca: cert, requestCert: true, rejectUnauthorized: true },
    (from) => {
      const to = net.connect(socket);
      from.pipe(to).pipe(from);
      for (const end of [from, to]) end.on('error', () => {});
    },
  );
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as net.AddressInfo;

  for (const [from, to] of [
    ['ca.pem', 'cert.pem'],
    ['ca-key.pem', 'key.pem'],
  ] as const)
    run(...copy(from, to));
  const env = { DOCKER_HOST: `tcp://localhost:${port}`, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: place };
  const secure = await connectEngine({ env });
  expect(secure.facts.version).toBe(engine.facts.version);
  expect(await secure.client.ping()).toBeTruthy();

  await expect(
    connectEngine({ env: { ...env, DOCKER_CERT_PATH: '/none' }, homeFolder: '/none' }),
  ).rejects.toThrow(/certificate/);
});

/** openssl copies keys and certificates alike when asked to print them in their own format. */
function copy(from: string, to: string): string[] {
  return from.includes('key') ? ['rsa', '-in', from, '-out', to] : ['x509', '-in', from, '-out', to];
}
