import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { identify, type ProcessIdentity } from '../process/process-identity.ts';
import { MARK_VARIABLE } from '../process/run-mark.ts';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5_000;

/**
 * The tool's end of its guard process. The guard does its work when the pipe between them closes, so it needs to be
 * started, not ready, before the first thing that must be undone exists. A guard that dies gets a successor.
 */
export class Guard {
  readonly #folder: string;
  readonly #runId: string;
  readonly #onReplaced: (identity: ProcessIdentity) => void;
  #child: ChildProcess | undefined;
  #delay = FIRST_DELAY_MS;
  #dismissed = false;

  constructor(folder: string, runId: string, onReplaced: (identity: ProcessIdentity) => void) {
    this.#folder = folder;
    this.#runId = runId;
    this.#onReplaced = onReplaced;
  }

  /** @throws where no process can be started. */
  async start(): Promise<ProcessIdentity> {
    const child = startProgram([this.#folder, this.#runId]);
    child.on('error', () => {});
    if (child.pid === undefined) {
      const [cause] = (await once(child, 'error')) as [Error];
      throw new Error('Could not start the guard process', { cause });
    }
    child.once('exit', () => this.#replace());
    child.stdin?.on('error', () => {}); // The guard is gone: its exit is noticed by itself.
    child.unref();
    (child.stdin as (NodeJS.WritableStream & { unref?(): void }) | null)?.unref?.();
    this.#child = child;
    return identify(child.pid) ?? { pid: child.pid, startTime: '' };
  }

  /** Tells the guard that nothing is left to undo. */
  dismiss(): void {
    this.#dismissed = true;
    this.#child?.stdin?.end('done');
  }

  /** Hands what is left over to the guard, as if the tool were gone. */
  handOver(): void {
    this.#dismissed = true;
    this.#child?.stdin?.end();
  }

  #replace(): void {
    if (this.#dismissed) return;
    const delay = this.#delay;
    this.#delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    setTimeout(() => {
      if (this.#dismissed) return;
      this.start().then(this.#onReplaced, () => this.#replace());
    }, delay).unref();
  }
}

/** In a session of its own, holding on to no folder, and without options that were meant for the tool. */
function startProgram(args: readonly string[]): ChildProcess {
  const { PATH, [MARK_VARIABLE]: mark } = process.env;
  return spawn(process.execPath, ['--max-semi-space-size=1', findProgram(), ...args], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH, ...(mark === undefined ? {} : { [MARK_VARIABLE]: mark }) },
  });
}

/** From the sources, Node runs the TypeScript file as it is; what is published has it built. */
function findProgram(): string {
  let root = import.meta.dirname;
  while (!existsSync(join(root, 'package.json')) && root !== dirname(root)) root = dirname(root);
  return import.meta.filename.endsWith('.ts')
    ? join(root, 'src/guard/main.ts')
    : join(root, 'dist/guard/main.js');
}
