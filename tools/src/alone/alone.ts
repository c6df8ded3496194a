import { createServer, type Server } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does something while no other process that uses the same name does it; others wait. The lock is a socket of Linux's
 * abstract namespace: the kernel gives it back however its holder ends. Elsewhere nothing is locked: there, nothing is
 * installed or started either.
 */
export async function alone<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const lock = process.platform === 'linux' ? await take(name) : undefined;
  try {
    return await work();
  } finally {
    lock?.close();
  }
}

async function take(name: string): Promise<Server> {
  for (let tries = 0; ; tries++) {
    const lock = await listen(`\0${name}`);
    if (lock !== undefined) return lock;
    if (tries === 50) console.log(`Waiting for another process that holds the lock ${name}.`);
    await delay(100);
  }
}

async function listen(path: string): Promise<Server | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<Server | undefined>();
  const server = createServer((connection) => connection.destroy());
  server.once('listening', () => {
    resolve(server);
  });
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') resolve(undefined);
    else reject(error);
  });
  server.listen({ path });
  return await promise;
}
