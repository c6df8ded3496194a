import http, { type RequestListener } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { EngineApi } from '../../src/connection/engine-api.ts';
import { testEngine } from '../test-engine.ts';

async function answering(listener: RequestListener, timeoutMs: number): Promise<EngineApi> {
  const folder = mkdtempSync(join(tmpdir(), 'api-test-'));
  const server = http.createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'sock');
  server.listen(path);
  await once(server, 'listening');
  return new EngineApi({ kind: 'socket', path }, timeoutMs, '1.41');
}

test('says in which version it speaks, and sends what it is given', async () => {
  const seen: string[] = [];
  const api = await answering((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers['content-type']}`);
    request.pipe(response);
  }, 30_000);
  const query = { name: 'a b', filters: { label: ['x=y'] }, absent: undefined };
  expect(await api.json('POST', '/x', { query, body: { some: 'thing' } })).toEqual({ some: 'thing' });
  expect(seen).toEqual([
    'POST /v1.41/x?name=a+b&filters=%7B%22label%22%3A%5B%22x%3Dy%22%5D%7D application/json',
  ]);
  expect(await api.json('GET', '/nothing')).toBeUndefined();
});

test('an answer that stops in the middle is given up', async () => {
  const api = await answering((_, response) => void response.write('{"begun":'), 300);
  await expect(api.json('GET', '/x')).rejects.toMatchObject({ code: 'TIMEOUT' });
});

test('an answer that breaks off in the middle is a broken connection', async () => {
  const api = await answering((_, response) => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('{', () => response.destroy());
  }, 30_000);
  await expect(api.json('GET', '/x')).rejects.toMatchObject({ code: 'CONNECTION' });
});

test('whoever does not wait any longer is told his own reason', async () => {
  const api = await answering(() => {}, 30_000);
  const abort = new AbortController();
  const answer = api.json('GET', '/x', { signal: abort.signal });
  abort.abort();
  await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
});

test('a process that was busy itself does not blame the engine', async () => {
  const { endpoint } = await testEngine();
  const api = new EngineApi(endpoint, 1_000);
  const answer = api.text('GET', '/_ping');
  // Asked, and then busy for longer than the answer may take: both the answer and the timer are due then.
  await new Promise((resolve) => setImmediate(resolve));
  for (const start = performance.now(); performance.now() - start < 2_500;);
  expect(await answer).toBe('OK');
});
