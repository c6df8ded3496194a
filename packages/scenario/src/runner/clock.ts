/** Time, as an argument: tests bring one that they move by hand. */
export interface Clock {
  /** Ms since some instant; never goes back. */
  now(): number;
  date(): Date;
  /** Calls back once after `ms`; the result takes that back. */
  after(ms: number, callback: () => void): () => void;
}

/** Longer delays overflow the timer of Node.js, which then fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(ms, 0), LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
