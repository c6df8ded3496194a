import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, askJson, EngineRefusal, follow } from '../../src/engine/engine-requests.ts';

let folder: string;
let server: Server | undefined;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'seaworthy-engine-'))));
afterEach(() => {
  server?.close();
  rmSync(folder, { recursive: true });
});

/** Something that answers whatever it is asked with this, or accepts and says nothing. */
async function listen(status?: string, body = ''): Promise<EngineEndpoint> {
  const path = join(folder, 'engine.sock');
  const { promise, resolve } = Promise.withResolvers<void>();
  server = createServer((connection) => {
    connection.on('error', () => undefined);
    if (status === undefined) return;
    connection.end(`HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }).listen(path, resolve);
  await promise;
  return { kind: 'socket', path };
}

describe('requests to an engine', () => {
  it('end where it accepts and says nothing', async () => {
    const asked = ask(await listen(), { path: '/version', silenceMs: 200 });
    await expect(asked).rejects.toThrow('no answer within 0.2 s');
  });

  it('fail with what an engine that refuses says', async () => {
    const asked = ask(await listen('404 Not Found', '{"message":"no such image"}'), {
      path: '/images/x/json',
    });
    await expect(asked).rejects.toThrow(new EngineRefusal('no such image', 404));
  });

  it('fail where the answer is no JSON', async () => {
    await expect(askJson(await listen('200 OK', 'hello'), { path: '/version' })).rejects.toThrow('JSON');
  });

  it('fail where the last message of many says so', async () => {
    const lines = '{"stream":"Step 1/2\\n"}\n{"status":"Pulling"}\n{"error":"no space left"}\n';
    const said: string[] = [];
    const followed = follow(await listen('200 OK', lines), { path: '/build' }, (line) => said.push(line));
    await expect(followed).rejects.toThrow('no space left');
    expect(said).toEqual(['Step 1/2', 'Pulling']);
  });
});
