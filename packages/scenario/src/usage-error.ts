/**
 * A mistake of the user's (an unknown name, an impossible value, a file that is not there), in contrast to a defect of
 * ours. Its message says what, where and what to do; it is printed without a stack trace and ends the tool with exit
 * code 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** Stable, such as `UNKNOWN_LIMIT`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
