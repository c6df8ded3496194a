/**
 * Runs a command with an engine on control groups of version 2, which is in an emulated machine:
 * `node with-engine-v2.ts COMMAND…` with DOCKER_HOST set for it; without a command it prints DOCKER_HOST and waits for Ctrl-C.
 * The machine is gone when this program is. Needs an x86-64 Linux, and root for the first time. It is slow: trust what
 * happens there, and not how long it takes.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { nameOfEndpoint } from '@seaworthy/scenario';
import { execa } from 'execa';
import { alone } from './alone/alone.ts';
import { bootGuest } from './engine-v2/guest.ts';
import { guestDisk } from './engine-v2/guest-disk.ts';
import { debianImage } from './test-images/debian-image.ts';
import { ensureImage } from './test-images/ensure-image.ts';
import { tinyImage } from './test-images/tiny-image.ts';

const workspace = resolve(import.meta.dirname, '../..');
const cache = join(workspace, 'node_modules/.cache');
const port = 2399;

const start = performance.now();
function say(text: string): void {
  console.log(`[${((performance.now() - start) / 1000).toFixed(0)} s] ${text}`);
}

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    interrupted.abort(new Error(`Ended by ${signal}.`));
  });
}

async function runWithGuest(command: readonly string[]): Promise<number> {
  const { signal } = interrupted;
  mkdirSync(cache, { recursive: true });
  const disk = await guestDisk(join(cache, 'seaworthy-engine-v2'));
  const logFile = join(cache, 'seaworthy-engine-v2.log');
  say(`Booting the guest; its console is written to ${logFile}.`);
  await using guest = await bootGuest({ disk, port, logFile, timeoutMs: 900_000, signal });
  const { endpoint, facts } = guest.engine;
  const place = nameOfEndpoint(endpoint);
  say(`${facts.product} ${facts.version} answers at ${place}.`);
  for (const image of [tinyImage, debianImage]) {
    const { how } = await ensureImage(endpoint, image, join(cache, 'seaworthy-images'));
    say(`${image.repository}: ${how}`);
  }
  say(`DOCKER_HOST=${place}`);
  if (command.length === 0) return await delay(2 ** 31 - 1, 130, { signal }).catch(() => 130);
  const [program = '', ...rest] = command;
  // Both hold from the first moment: an interruption that is here already, and a program that cannot be started.
  const { exitCode, shortMessage } = await execa(program, rest, {
    stdio: 'inherit',
    env: { DOCKER_HOST: place },
    cwd: workspace,
    preferLocal: true,
    localDir: workspace,
    reject: false,
    cancelSignal: signal,
    forceKillAfterDelay: false,
  });
  signal.throwIfAborted();
  say(exitCode === undefined ? (shortMessage ?? '') : `${program} ended with exit code ${exitCode}.`);
  return exitCode ?? 1;
}

try {
  process.exitCode = await alone('seaworthy-engine-v2', () => runWithGuest(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = interrupted.signal.aborted ? 130 : 1;
}
