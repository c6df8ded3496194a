import type { Duplex, Readable, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { findCgroup, readCgroupTexts, type Cgroup, type CgroupTexts } from '@seaworthy/cgroups';
import type { Owned } from '@seaworthy/scenario';
import type { EngineApi } from '../connection/engine-api.ts';
import { EngineError } from '../connection/engine-error.ts';
import { isFirstProcessOf } from '../connection/engine-facts.ts';
import type { Watchdog } from '../connection/watchdog.ts';
import type { ContainerEvents } from '../events/container-events.ts';
import { readLimitsInForce } from '../limits/limits-in-force.ts';
import type { ContainerExit, ContainerSpec, ExecOptions, OwnedContainer } from '../model/container.ts';
import type { ContainerEngine } from '../model/engine.ts';
import type { LimitsInForce } from '../model/limits-in-force.ts';
import { demultiplex } from './demultiplex.ts';
import { runInContainer } from './exec.ts';
import { Output } from './output.ts';
import { putFile } from './put-file.ts';
import { waitForExit } from './wait-for-exit.ts';

export interface ContainerParts {
  readonly engine: ContainerEngine;
  readonly api: EngineApi;
  readonly watchdog: Watchdog;
  readonly owned: Owned;
  readonly id: string;
  readonly name: string;
  readonly spec: ContainerSpec;
  readonly events: ContainerEvents;
  /** To its standard streams. */
  readonly connection: Duplex;
}

/** See {@link OwnedContainer}; it is made before the container starts, so that no output is missed. */
export class RunningContainer implements OwnedContainer {
  readonly id: string;
  readonly name: string;
  readonly stdin?: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  readonly exited: Promise<ContainerExit>;
  readonly cgroup?: Cgroup;
  hostPid = 0;
  #cgroupTexts: CgroupTexts | undefined;
  readonly #parts: ContainerParts;
  readonly #outputs = { stdout: new Output(), stderr: new Output() };
  readonly #exit = Promise.withResolvers<ContainerExit>();
  #deadline: NodeJS.Timeout | undefined;
  #disposal: Promise<void> | undefined;

  constructor(parts: ContainerParts) {
    this.#parts = parts;
    this.id = parts.id;
    this.name = parts.name;
    this.stdout = this.#outputs.stdout.readable;
    this.stderr = this.#outputs.stderr.readable;
    this.exited = this.#exit.promise;
    this.exited.catch(() => {}); // Whoever waits for it is told.
    parts.connection.on('error', () => {}); // A connection that broke ends the output; the end of the container says why.
    if (parts.spec.stdin === true) this.stdin = parts.connection;
  }

  /** To be called once, right after the start. */
  async started(deadlineMs: number): Promise<void> {
    const { api, engine } = this.#parts;
    const output = this.#readOutput();
    waitForExit(this.#parts, output, () => this.#letGo()).then(this.#exit.resolve, this.#exit.reject);
    const { State } = await api.json<{ State: { Pid: number } }>('GET', `/containers/${this.id}/json`);
    this.hostPid = State.Pid;
    if (engine.facts.local && isFirstProcessOf(this.hostPid, this.id)) {
      this.#cgroupTexts = readCgroupTexts(this.hostPid);
      const cgroup = findCgroup(this.#cgroupTexts);
      if (cgroup !== undefined) (this as { cgroup?: Cgroup }).cgroup = cgroup;
    }
    this.#deadline = setTimeout(() => void this.kill('SIGKILL').catch(() => {}), deadlineMs);
    this.#deadline.unref();
    void this.exited.finally(() => clearTimeout(this.#deadline)).catch(() => {});
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    try {
      await this.#parts.api.text('POST', `/containers/${this.id}/kill`, { query: { signal } });
    } catch (error) {
      // It ended by itself: Docker answers 409, and 404 once it is removed.
      if (!(error instanceof EngineError) || (error.status !== 409 && error.status !== 404)) throw error;
    }
  }

  exec(
    command: readonly [string, ...string[]],
    options: ExecOptions = {},
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
    return runInContainer(this.#parts, command, options);
  }

  putFile(path: string, content: string | Uint8Array, mode = 0o644): Promise<void> {
    return putFile(this.#parts.api, this.id, path, content, mode);
  }

  effectiveLimits(): Promise<LimitsInForce> {
    return readLimitsInForce({ hostPid: this.hostPid, cgroupTexts: this.#cgroupTexts }, this.#parts);
  }

  /** @throws where it cannot be removed; it is tried again with the workspace. */
  [Symbol.asyncDispose](): Promise<void> {
    return (this.#disposal ??= this.#dispose());
  }

  async #dispose(): Promise<void> {
    clearTimeout(this.#deadline);
    this.#letGo();
    try {
      await this.#parts.owned[Symbol.asyncDispose]();
      // How it ended is told by its removal as well.
      await this.exited.catch(() => {});
    } finally {
      this.#parts.connection.destroy();
      this.#parts.events[Symbol.dispose]();
    }
  }

  #letGo(): void {
    this.#outputs.stdout.letGo();
    this.#outputs.stderr.letGo();
  }

  async #readOutput(): Promise<void> {
    const { stdout, stderr } = this.#outputs;
    try {
      await demultiplex(this.#parts.connection, {
        stdout: (chunk) => stdout.give(chunk),
        stderr: (chunk) => stderr.give(chunk),
      });
    } catch {
      // A connection that breaks ends the output too.
    }
    stdout.end();
    stderr.end();
    void finished(this.#parts.connection).catch(() => {});
  }
}
