/**
 * How much a search may still do, counted in steps (an arc or a table entry looked at), not in time: it ends at the same
 * point on every machine, and so with the same result.
 */
export class WorkBudget {
  #left: number;
  readonly #whole: WorkBudget | undefined;

  constructor(steps: number, whole?: WorkBudget) {
    this.#left = steps;
    this.#whole = whole;
  }

  get isSpent(): boolean {
    return this.#left <= 0 || this.#whole?.isSpent === true;
  }

  spend(steps: number): void {
    this.#left -= steps;
    this.#whole?.spend(steps);
  }

  /** A part of what is left for one task; what that task leaves over stays with the whole. */
  share(fraction: number): WorkBudget {
    return new WorkBudget(Math.max(0, this.#left) * fraction, this);
  }
}
