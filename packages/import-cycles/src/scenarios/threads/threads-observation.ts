/** A line of a thread's stack inside the modules tried. */
export interface StackLine {
  readonly path: string;
  readonly line: number;
  readonly function: string;
  readonly text: string;
}

/** How one thread of a trial went, as `thread_trial.py` tells it. */
export interface ThreadState {
  readonly name: string;
  readonly finished: boolean;
  readonly error: {
    readonly type: string;
    readonly message: string;
    readonly path: string | null;
    readonly line: number | null;
  } | null;
  /** It is one of those that wait for each other. */
  readonly inRing: boolean;
  /** Outermost first; empty for a thread that has finished. */
  readonly stack: readonly StackLine[];
  /** Such as `import lock of tug` or `lock harbour.LOCK`; `null` where it waits for no lock. */
  readonly waitsFor: string | null;
  /** Name of the thread that holds it. */
  readonly heldBy: string | null;
}

export interface Trial {
  /** `silent`: the interpreter ended, or had to be ended, without an answer. */
  readonly outcome: 'finished' | 'deadlock' | 'stuck' | 'silent';
  /** A thread asked for a module while another one was executing it. */
  readonly met: boolean;
  readonly durationMs: number;
  readonly threads: readonly ThreadState[];
  /** What is known of a silent trial. */
  readonly failure?: string;
}

export interface ThreadsObservation {
  readonly trials: readonly Trial[];
  /** From the start of the first trial to the end of the last one. */
  readonly durationMs: number;
}
