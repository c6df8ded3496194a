import type { FunctionNode } from '../syntax/nodes.ts';
import type { Trail } from './values/trail.ts';

/** Statements and calls that one call from a module's body may take, and one statement of it in all. */
const MOST_WORK_OF_CALL = 2_000;
const MOST_WORK_OF_STATEMENT = 40_000;

/** How often a function's calls may take more than their share before it is followed no more. */
const MOST_CUTS = 2;

/** Thrown where a share of work is used up. */
class WorkDone {}

interface Share {
  readonly end: number;
  /** A call is being followed: calls in it share its share. */
  readonly isCall: boolean;
  readonly spent: WorkDone;
}

const UNSHARED: Share = { end: Infinity, isCall: false, spent: new WorkDone() };

/** Counts statements, calls and turns of loops, and ends what takes more than its share of them. */
export class WorkShares {
  /** All that was counted so far, in all first imports together. */
  work = 0;
  private share: Share = UNSHARED;
  /** How often calls of a function were cut off. */
  private readonly cuts = new Map<FunctionNode, number>();
  private readonly trail: Trail;

  constructor(trail: Trail) {
    this.trail = trail;
  }

  spend(work: number): void {
    this.work += work;
    if (this.work > this.share.end) throw this.share.spent;
  }

  /** Forgets what is going on. */
  reset(): void {
    this.share = UNSHARED;
  }

  /**
   * Executes a statement of a module's body.
   *
   * @returns false where it was cut off
   */
  statement(code: () => void): boolean {
    const outer = this.share;
    const before = this.work;
    const share = { end: before + MOST_WORK_OF_STATEMENT, isCall: false, spent: new WorkDone() };
    this.share = share;
    try {
      code();
      return true;
    } catch (error) {
      if (error !== share.spent) throw error;
      return false;
    } finally {
      // What an import takes is not charged to the call that imports.
      this.share = { ...outer, end: outer.end + this.work - before };
    }
  }

  /**
   * Executes a call.
   *
   * @returns undefined where it was cut off
   */
  call<T>(definition: FunctionNode, code: () => T): T | undefined {
    if (this.share.isCall) return code();
    const cuts = this.cuts.get(definition) ?? 0;
    if (cuts >= MOST_CUTS) return undefined;
    const outer = this.share;
    const end = Math.min(outer.end, this.work + MOST_WORK_OF_CALL);
    const share = { end, isCall: true, spent: new WorkDone() };
    this.share = share;
    try {
      return code();
    } catch (error) {
      if (error !== share.spent) throw error;
      this.cuts.set(definition, cuts + 1);
      this.trail.note(() => this.cuts.set(definition, cuts));
      return undefined;
    } finally {
      this.share = { ...outer, end: outer.end + this.share.end - end };
    }
  }
}
