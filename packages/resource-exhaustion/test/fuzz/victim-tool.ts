import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { sweepWorkspaces, type Environment, type SweepReport } from '@seaworthy/scenario';
import type { HostReceipt } from '../../src/model/safety.ts';
import type { Tier } from '../../src/model/sandbox.ts';
import { hostReceipt } from '../../src/safety/host-receipt.ts';

/** Whom a kill hits: the tool; it and its guard; it, its guard and the guard's second, after which a next start has to sweep. */
export type KillMode = 'tool' | 'tool and guard' | 'all';

/** The fixture `busy-sandbox`, running in a folder of its own for temporary files. */
export class VictimTool implements AsyncDisposable {
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), 'killed-tool-')));
  /** What it was about to do last; `start` before it said anything. */
  phase = 'start';
  runId: string | undefined;
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  readonly #lines: NodeJS.EventEmitter;

  /** @param cache where Node keeps what it made of the sources, so that a hundred starts are not a hundred compilations. */
  constructor(tier: Tier, environment: Environment, cache: string) {
    const program = join(import.meta.dirname, '../fixtures/busy-sandbox.ts');
    const args = ['--conditions=@seaworthy/source', program, this.folder, tier, JSON.stringify(environment)];
    this.#child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: cache },
    });
    this.#exit = once(this.#child, 'exit');
    if (this.#child.stdout === null) throw new Error('Expected an output of the tool');
    this.#lines = createInterface({ input: this.#child.stdout }).on('line', (line: string) => {
      if (this.runId === undefined) this.runId = line;
      else this.phase = line;
    });
  }

  /** Until it is about to do this. */
  async reaches(phase: string): Promise<void> {
    while (this.phase !== phase) {
      await Promise.race([once(this.#lines, 'line'), this.#exit]);
      if (this.#child.exitCode !== null) throw new Error(`The tool ended in phase ${this.phase}`);
    }
  }

  async kill(mode: KillMode): Promise<void> {
    if (mode !== 'tool') {
      this.#child.kill('SIGSTOP'); // Or it might start another guard in between.
      const pids = mode === 'all' ? this.#guards() : this.#guards().filter((one) => !isShell(one));
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      while (pids.some(isThere)) await sleep(2); // A sweep leaves the work to a guard that still dies.
    }
    const gone = once(this.#child, 'close'); // With its last words read.
    if (!this.#child.kill('SIGKILL')) throw new Error('The tool ended before it was killed');
    await gone;
  }

  /** What of it is still there, in words. */
  async left(engine: ContainerEngine): Promise<string[]> {
    const names = readdirSync(this.folder);
    // It says which run it is before it makes anything outside of this folder.
    const runs = this.runId === undefined ? ['of-nobody'] : [this.runId];
    const receipt = await hostReceipt(engine, { runs, temporaryFolder: this.folder });
    return [...namesIn(receipt), ...names, ...this.#guards().map((pid) => `guard ${pid}`)];
  }

  /** Ms until nothing is left, and what is left where that takes longer than `ms`. */
  async waitUntilNothingIsLeft(engine: ContainerEngine, ms: number): Promise<{ ms: number; left: string[] }> {
    const start = performance.now();
    for (;;) {
      const left = await this.left(engine);
      const elapsed = performance.now() - start;
      if (left.length === 0 || elapsed > ms) return { ms: elapsed, left };
      await sleep(100);
    }
  }

  /** What a next start does. */
  sweep(): Promise<SweepReport> {
    return sweepWorkspaces({ temporaryFolder: this.folder });
  }

  /** Of its guard and of the guard's second: their command lines name the folder. */
  #guards(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => /guard\/main\.ts/.test(commandOf(pid)) && commandOf(pid).includes(`${this.folder}/`));
  }

  /** Whatever a failed test leaves. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    while (this.#guards().length > 0) await sleep(50);
    await this.sweep();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Everything that a receipt lists, with what it is. */
export function namesIn(receipt: HostReceipt): string[] {
  return Object.entries(receipt).flatMap(([what, names]) =>
    Array.isArray(names) ? names.map((name) => `${what}: ${String(name)}`) : [],
  );
}

/** As anything but a zombie, which waits for its parent alone. */
function isThere(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX] /s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

function isShell(pid: number): boolean {
  return commandOf(pid).startsWith('/bin/sh');
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}
