import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { identify, type ProcessIdentity } from '../process/process-identity.ts';

const FIRST_DELAY_MS = 50;
const LONGEST_DELAY_MS = 5_000;

/** A process that outlives the tool and reads from a pipe of it. One that dies gets a successor. */
export class KeptProcess {
  readonly #spawn: () => ChildProcess;
  readonly #onReplaced: (identity: ProcessIdentity) => void;
  #child: ChildProcess | undefined;
  #delay = FIRST_DELAY_MS;
  #let = false;

  constructor(spawn: () => ChildProcess, onReplaced: (identity: ProcessIdentity) => void) {
    this.#spawn = spawn;
    this.#onReplaced = onReplaced;
  }

  /** @throws where no process can be started. */
  async start(): Promise<ProcessIdentity> {
    const child = this.#spawn();
    child.on('error', () => {});
    if (child.pid === undefined) {
      const [cause] = (await once(child, 'error')) as [Error];
      throw new Error('Could not start the guard process', { cause });
    }
    child.once('exit', () => this.#replace());
    child.stdin?.on('error', () => {}); // It is gone: its exit is noticed by itself.
    child.unref();
    (child.stdin as (NodeJS.WritableStream & { unref?(): void }) | null)?.unref?.();
    this.#child = child;
    return identify(child.pid) ?? { pid: child.pid, startTime: '' };
  }

  tell(text: string): void {
    this.#child?.stdin?.write(text);
  }

  /** Its pipe ends here, with some last words or none. */
  letGo(lastWords?: string): void {
    this.#let = true;
    this.#child?.stdin?.end(lastWords);
  }

  #replace(): void {
    if (this.#let) return;
    const delay = this.#delay;
    this.#delay = Math.min(delay * 2, LONGEST_DELAY_MS);
    setTimeout(() => {
      if (this.#let) return;
      this.start().then(this.#onReplaced, () => this.#replace());
    }, delay).unref();
  }
}
