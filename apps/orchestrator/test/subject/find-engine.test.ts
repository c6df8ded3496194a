import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findEngine } from '../../src/subject/find-engine.ts';

const interruption = (): AbortSignal => new AbortController().signal;

it('finds the engine of this machine', async () => {
  const { engine, problem } = await findEngine({ env: process.env, interruption });
  expect(problem).toBeUndefined();
  expect(engine?.facts.version).toMatch(/^\d/);
});

it('says which place was named and what is wrong with it', async () => {
  const found = await findEngine({ env: { DOCKER_HOST: 'unix:///nowhere' }, interruption });
  expect(found.engine).toBeUndefined();
  expect(found.problem).toMatch(/^no container engine answers at .*\/nowhere.*: /);
  expect(found.tried).toHaveLength(1);
});

it('something that answers and is no engine is told as that', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-engine-test-'));
  const path = join(folder, 'engine.sock');
  const server: Server = createServer((socket) =>
    socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n'),
  );
  await new Promise<void>((resolve) => server.listen(path, resolve));
  try {
    const found = await findEngine({ env: { DOCKER_HOST: `unix://${path}` }, interruption });
    expect(found.engine).toBeUndefined();
    expect(found.problem).toContain(path);
  } finally {
    server.close();
    rmSync(folder, { recursive: true });
  }
});
