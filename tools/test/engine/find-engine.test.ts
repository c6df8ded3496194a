import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askVersion, findEngine } from '../../src/engine/find-engine.ts';

describe('findEngine', () => {
  let folder: string;
  let server: Server | undefined;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'seaworthy-engine-'))));
  afterEach(() => {
    server?.close();
    rmSync(folder, { recursive: true });
  });

  async function listen(answer: string | undefined): Promise<string> {
    const socket = join(folder, 'engine.sock');
    const { promise, resolve } = Promise.withResolvers<void>();
    server = createServer((connection) => {
      connection.on('error', () => undefined);
      if (answer !== undefined) connection.end(answer);
    }).listen(socket, resolve);
    await promise;
    return `unix://${socket}`;
  }

  it('finds the engine of this machine', async () => {
    const { engine } = await findEngine();
    expect(engine?.version).toMatch(/^\d+\.\d+/);
    expect(['Docker', 'Podman']).toContain(engine?.product);
  });

  it('says where it asked and why nothing answered', async () => {
    const address = `unix://${join(folder, 'none.sock')}`;
    const { engine, tried } = await findEngine({ env: { DOCKER_HOST: address }, homeFolder: homedir() });
    expect(engine).toBeUndefined();
    expect(tried).toEqual([
      { place: { name: 'DOCKER_HOST', address }, problem: expect.stringContaining('ENOENT') as string },
    ]);
  });

  it('does not wait for an engine that accepts and says nothing', async () => {
    const address = await listen(undefined);
    expect(await askVersion({ name: 'silent', address }, 200)).toBe('no answer within 0.2 s');
  });

  it('takes nothing for an engine that answers otherwise', async () => {
    const address = await listen('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello');
    expect(await askVersion({ name: 'other', address })).toContain('not valid JSON');
  });

  it('passes on what an engine that refuses says', async () => {
    const body = '{"message":"not today"}';
    const address = await listen(`HTTP/1.1 500 No\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    expect(await askVersion({ name: 'refusing', address })).toBe('not today');
  });

  it('cannot go through ssh, and says so', async () => {
    expect(await askVersion({ name: 'DOCKER_HOST', address: 'ssh://host' })).toContain(
      'no unix:// or tcp://',
    );
  });
});
