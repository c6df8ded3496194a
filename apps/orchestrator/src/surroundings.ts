/** Where text for a human or a program goes. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  /** Columns of the terminal; `undefined` where it is none. */
  readonly columns: number | undefined;
}

/** Everything outside that a command may touch. Handed in, so that a command can be run without a process of its own. */
export interface Surroundings {
  /** What was asked for. */
  readonly stdout: Output;
  /** Everything else: progress of commands whose output is for programs, warnings, errors. */
  readonly stderr: Output;
  /** Absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Version of Node, such as `24.11.0`. */
  readonly nodeVersion: string;
  now(): Date;
  /** A seed for a run whose user named none. */
  randomSeed(): number;
  /**
   * Fires at the first SIGINT or SIGTERM, with an `Interrupted` as its reason. As long as nobody has asked for it, signals
   * end the process at once.
   */
  interruption(): AbortSignal;
}
