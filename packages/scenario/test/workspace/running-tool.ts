import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from '../../src/process/process-identity.ts';
import type { Owner } from '../../src/workspace/owner-file.ts';

/** A temp folder that is gone after the test. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'workspace-test-')));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** The fixture `busy-tool`, running; everything it starts can be recognised by a token in its environment. */
export class RunningTool implements AsyncDisposable {
  readonly child: ChildProcess;
  readonly token: string = randomUUID();
  readonly #temporary: string;

  constructor(temporary: string, pace = 5, hierarchy = '') {
    this.#temporary = temporary;
    const program = join(import.meta.dirname, '../fixtures/busy-tool.ts');
    this.child = spawn(process.execPath, [program, temporary, String(pace), hierarchy], {
      env: { PATH: process.env['PATH'], BUSY_TOOL: this.token },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /** Until its workspace is open. */
  async ready(): Promise<{ runId: string; folder: string; owner: Owner }> {
    const [line] = (await once(this.child.stdout ?? this.child, 'data')) as [Buffer];
    const run = JSON.parse(String(line)) as { runId: string; folder: string };
    return { ...run, owner: JSON.parse(readFileSync(join(run.folder, 'owner.json'), 'utf8')) as Owner };
  }

  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await gone;
    }
  }

  /** It and its guard, which gets no successor; only the guard's second is left. */
  async killWithGuard(guard: ProcessIdentity | undefined): Promise<void> {
    if (guard === undefined) throw new Error('The guard is not known');
    this.child.kill('SIGSTOP'); // Or it might start another guard in between.
    process.kill(guard.pid, 'SIGKILL');
    while (isAlive(guard)) await sleep(1);
    await this.kill();
  }

  /** It, its guard and the guard's second. */
  async killWithBoth(): Promise<void> {
    this.child.kill('SIGSTOP');
    for (const pid of this.#guards()) process.kill(pid, 'SIGKILL');
    while (this.#guards().length > 0) await sleep(1);
    await this.kill();
  }

  /** Processes (its guard too) and entries of the temp folder that are there because of it. */
  left(): string[] {
    const processes = processLines().filter((line) => line.includes(this.token) || this.#isGuard(line));
    return [...processes, ...readdirSync(this.#temporary)];
  }

  /** Numbers of its guard and of the guard's second. */
  #guards(): number[] {
    return processLines()
      .filter((line) => this.#isGuard(line))
      .map((line) => parseInt(line));
  }

  #isGuard(line: string): boolean {
    return line.includes(`guard/main.ts ${this.#temporary}`);
  }

  /** Ms until nothing is left, and what is left where it is not within `ms`. */
  async waitUntilNothingIsLeft(ms: number): Promise<{ ms: number; left: string[] }> {
    const start = performance.now();
    for (;;) {
      const left = this.left();
      const elapsed = performance.now() - start;
      if (left.length === 0 || elapsed > ms) return { ms: elapsed, left };
      await sleep(50);
    }
  }

  /** Whatever a failed test leaves. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    for (const line of this.left()) {
      const pid = Number(/^\s*(\d+)\s/.exec(line)?.[1]);
      try {
        if (pid > 1) process.kill(pid, 'SIGKILL');
      } catch {
        // It went by itself.
      }
    }
  }
}

/** Of all processes: number, command, environment. Zombies show neither of the latter. */
function processLines(): string[] {
  const { stdout } = spawnSync('ps', ['axeww', '-o', 'pid=,command='], {
    encoding: 'utf8',
    maxBuffer: 1 << 27,
  });
  return stdout.split('\n');
}
