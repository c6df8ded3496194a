import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ProcessIdentity } from '../process/process-identity.ts';
import { MARK_VARIABLE } from '../process/run-mark.ts';
import { KeptProcess } from './kept-process.ts';
import { SECOND_SCRIPT } from './second-script.ts';

/**
 * The tool's end of its guard process and of the guard's second. The guard does its work when the pipe between them
 * closes, so it needs to be started, not ready, before the first thing that must be undone exists. The second, a shell
 * that costs next to nothing, looks whether the guard does so, and takes over from one that was killed.
 */
export class Guard {
  readonly #guard: KeptProcess;
  readonly #second: KeptProcess;
  #pid = 0;

  constructor(folder: string, runId: string, onReplaced: (identity: ProcessIdentity) => void) {
    this.#guard = new KeptProcess(
      () => detach(process.execPath, [...NODE_OPTIONS, findProgram(), folder, runId]),
      (identity) => {
        this.#introduce(identity);
        onReplaced(identity);
      },
    );
    this.#second = new KeptProcess(
      () => detach('/bin/sh', ['-c', SECOND_SCRIPT, findProgram(), folder, runId, process.execPath]),
      () => this.#second.tell(`${this.#pid}\n`),
    );
  }

  /** @throws where no process can be started. */
  async start(): Promise<ProcessIdentity> {
    await this.#second.start();
    try {
      const identity = await this.#guard.start();
      this.#introduce(identity);
      return identity;
    } catch (error) {
      this.#second.letGo('done\n');
      throw error;
    }
  }

  /** Tells them that nothing is left to undo. */
  dismiss(): void {
    this.#second.letGo('done\n');
    this.#guard.letGo('done');
  }

  /** Hands what is left over to the guard, as if the tool were gone. */
  handOver(): void {
    this.#second.letGo();
    this.#guard.letGo();
  }

  #introduce({ pid }: ProcessIdentity): void {
    this.#pid = pid;
    this.#second.tell(`${pid}\n`);
  }
}

/** The guard sleeps nearly all the time, so a small heap is enough. */
const NODE_OPTIONS: readonly string[] = ['--max-semi-space-size=1'];

/** In a session of its own, holding on to no folder, and without options that were meant for the tool. */
function detach(command: string, args: readonly string[]): ChildProcess {
  const { PATH, [MARK_VARIABLE]: mark } = process.env;
  return spawn(command, args, {
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
