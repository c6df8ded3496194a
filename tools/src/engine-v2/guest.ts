import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { nameOfEndpoint, type EngineEndpoint } from '@seaworthy/scenario';
import { findProgram } from '../debian/find-program.ts';
import { installPackages, mayInstall } from '../debian/install-packages.ts';
import { tryEngine } from '../engine/try-engine.ts';
import type { GuestDisk } from './guest-disk.ts';
import { guestPort } from './guest-recipe.ts';

export interface GuestOptions {
  readonly disk: GuestDisk;
  /** Of the loopback interface. */
  readonly port: number;
  /** Receives what the guest prints at its console. */
  readonly logFile: string;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /** QEMU for x86-64; found, and installed where that may be, if it is not told. */
  readonly emulator?: string;
}

/** A running guest whose engine answers. Disposing of it switches it off; it is also gone when we are, however we end. */
export interface Guest extends AsyncDisposable {
  readonly engine: ContainerEngine;
}

/**
 * Boots the guest, with an emulated processor and nothing that it could reach outside, and waits for its engine. What it writes
 * to its disk is forgotten.
 *
 * @throws Error with the last lines of its console where the machine ends, or its engine does not answer in time
 */
export async function bootGuest(options: GuestOptions): Promise<Guest> {
  const { port, logFile, timeoutMs, signal } = options;
  const program = options.emulator ?? findEmulator();
  const endpoint: EngineEndpoint = { kind: 'tcp', host: '127.0.0.1', port };
  const place = nameOfEndpoint(endpoint);
  if ((await tryEngine(endpoint)) !== undefined) {
    throw new Error(`An engine answers at ${place} already: another guest of this kind runs.`);
  }
  const log = openSync(logFile, 'w');
  const machine = spawn('setpriv', ['--pdeathsig', 'KILL', 'nice', program, ...machineOptions(options)], {
    stdio: ['ignore', log, log],
    cwd: '/',
  });
  closeSync(log);
  let end: string | undefined;
  const ended = new Promise<void>((resolve) => {
    const tell = (how: string): void => {
      end ??= how;
      resolve();
    };
    machine.once('error', ({ message }) => tell(message));
    machine.once('exit', (code, killer) => tell(`it ended with ${killer ?? `exit code ${String(code)}`}`));
  });
  const guest = {
    async [Symbol.asyncDispose]() {
      machine.kill('SIGKILL');
      await ended;
    },
  };
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline && end === undefined && signal?.aborted !== true) {
    const engine = await tryEngine(endpoint, 20_000);
    if (engine !== undefined) return { ...guest, engine };
    await Promise.race([delay(500), ended]);
  }
  const why = end ?? `it has not answered within ${timeoutMs / 1000} s`;
  await guest[Symbol.asyncDispose]();
  signal?.throwIfAborted();
  const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-8).join('\n  ');
  throw new Error(`There is no engine of a guest at ${place}: ${why}.\n  ${lines}`);
}

function findEmulator(): string {
  const name = 'qemu-system-x86_64';
  if (findProgram(name) === undefined && mayInstall()) {
    installPackages(['qemu-system-x86'], 'to emulate a machine with control groups of version 2');
  }
  const program = findProgram(name);
  if (program === undefined) throw new Error(`This needs ${name}: on Debian, qemu-system-x86.`);
  return program;
}

function machineOptions({ disk, port }: GuestOptions): string[] {
  const forwarded = `hostfwd=tcp:127.0.0.1:${port}-:${guestPort}`;
  const options = {
    machine: 'q35',
    accel: 'tcg',
    cpu: 'max',
    smp: '1',
    m: '2560',
    kernel: disk.kernel,
    initrd: disk.initialRamDisk,
    append: 'root=/dev/vda rw console=ttyS0 mitigations=off quiet',
    drive: `file=${disk.disk},format=raw,if=virtio,cache=unsafe,snapshot=on`,
    netdev: `user,id=network,restrict=on,${forwarded}`,
    device: 'virtio-net-pci,netdev=network,romfile=',
    display: 'none',
    serial: 'stdio',
    monitor: 'none',
  };
  return ['-no-reboot', ...Object.entries(options).flatMap(([name, value]) => [`-${name}`, value])];
}
