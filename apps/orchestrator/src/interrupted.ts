/** Reason of the signal that fires when the user interrupts or the system ends the tool. */
export class Interrupted extends Error {
  // What every function that takes an AbortSignal is known to throw.
  override readonly name = 'AbortError';
  readonly by: 'SIGINT' | 'SIGTERM';

  constructor(by: 'SIGINT' | 'SIGTERM') {
    super(`interrupted by ${by}`);
    this.by = by;
  }
}
