import type { Comparison } from './compare.ts';

/** Counts of predictions against what really happened. */
export class Tally {
  modules = 0;
  crashes = 0;
  sameOutcome = 0;
  sameError = 0;
  sameInAll = 0;
  /** Predictions that rest on no assumption, and how many of them were right. */
  certain = 0;
  certainlyRight = 0;
  /** `predicted/tried`, such as `ok/crash`. */
  readonly confusion: Map<string, number> = new Map();
  readonly errors: Map<string, number> = new Map();

  add({ predicted, tried, sameOutcome, sameError, sameInAll }: Comparison): void {
    this.modules += 1;
    this.crashes += Number(tried.outcome === 'crash');
    this.sameOutcome += Number(sameOutcome);
    this.sameError += Number(sameError);
    this.sameInAll += Number(sameInAll);
    if (predicted.assumption === undefined) {
      this.certain += 1;
      this.certainlyRight += Number(sameOutcome);
    }
    count(this.confusion, `${predicted.outcome}/${tried.outcome}`, 1);
    if (tried.error) count(this.errors, tried.error.type, 1);
  }

  merge(other: Tally): void {
    this.modules += other.modules;
    this.crashes += other.crashes;
    this.sameOutcome += other.sameOutcome;
    this.sameError += other.sameError;
    this.sameInAll += other.sameInAll;
    this.certain += other.certain;
    this.certainlyRight += other.certainlyRight;
    for (const [key, value] of other.confusion) count(this.confusion, key, value);
    for (const [key, value] of other.errors) count(this.errors, key, value);
  }
}

export function count(counts: Map<string, number>, key: string, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}
