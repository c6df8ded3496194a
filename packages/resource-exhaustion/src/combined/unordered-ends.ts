import type { VictimDeath } from '../model/exhaustion.ts';
import type { Victim, VictimEnding } from '../model/victim.ts';

/** Who of the victims ends though nobody ordered it, from the moment on that they are watched. */
export class UnorderedEnds {
  readonly #since: number = performance.now();
  readonly #ends: { atMs: number; worker: number; pid: number; ending: VictimEnding }[] = [];

  constructor(victims: readonly Victim[]) {
    for (const [worker, { pid, ended }] of victims.entries()) {
      void ended.then((ending) => {
        this.#ends.push({ atMs: Math.round(performance.now() - this.#since), worker, pid, ending });
      });
    }
  }

  get any(): boolean {
    return this.#ends.length > 0;
  }

  /** @param known deaths that somebody knows more of. */
  deaths(known: readonly VictimDeath[]): VictimDeath[] {
    const others = this.#ends.filter(({ pid }) => !known.some((one) => one.pid === pid));
    return [...known, ...others.map((one) => ({ ...one, heldBytes: 0 }))];
  }
}
