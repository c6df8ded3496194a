import { readProcFile } from '../../memory/process-figures.ts';

/** The numbers that processes of a container have in it, by those that they have on this machine. */
export class InnerPids {
  readonly #inner = new Map<number, number>();

  /** Those that are there now; to be called while they are, since afterwards nobody knows. */
  note(pids: readonly number[]): void {
    for (const pid of pids) {
      if (this.#inner.has(pid)) continue;
      const numbers = /^NSpid:\s+(.+)$/m.exec(readProcFile(pid, 'status') ?? '')?.[1];
      const inner = numbers?.split(/\s+/).at(-1);
      if (inner !== undefined) this.#inner.set(pid, Number(inner));
    }
  }

  /** The same number where it is not known. */
  of(pid: number): number {
    return this.#inner.get(pid) ?? pid;
  }

  /** On this machine. */
  outerOf(inner: number): number | undefined {
    return [...this.#inner].find(([, number]) => number === inner)?.[0];
  }
}
