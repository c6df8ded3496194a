import { rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { join } from 'node:path';
import { findEngine } from '../../src/subject/find-engine.ts';

/** A socket behind which the engine of this machine answers, until a request has a certain text in it: then nobody does. */
export class FailingEngine implements AsyncDisposable {
  readonly host: string;
  readonly #path: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(path: string, server: Server) {
    this.#path = path;
    this.#server = server;
    this.host = `unix://${path}`;
  }

  static async open(folder: string, endsAt: string): Promise<FailingEngine> {
    const { engine } = await findEngine({
      env: process.env,
      interruption: () => new AbortController().signal,
    });
    if (engine?.endpoint.kind !== 'socket') throw new Error('Expected an engine at a socket of this machine');
    const behind = engine.endpoint.path;
    const server = createServer();
    const failing = new FailingEngine(join(folder, 'engine.sock'), server);
    server.on('connection', (client) => failing.#pass(client, connect(behind), endsAt));
    await new Promise<void>((resolve) => server.listen(failing.#path, resolve));
    return failing;
  }

  #pass(client: Socket, engine: Socket, endsAt: string): void {
    for (const socket of [client, engine]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.on('data', (data) => {
      engine.write(data);
      if (data.toString().includes(endsAt)) void this[Symbol.asyncDispose]();
    });
    engine.on('data', (data) => client.write(data));
    client.on('close', () => engine.destroy());
    engine.on('close', () => client.destroy());
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    rmSync(this.#path, { force: true });
    return Promise.resolve();
  }
}
