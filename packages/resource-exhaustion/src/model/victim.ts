/** One process that takes resources on command. All replies come from the process itself; judge by the sandbox's gauge. */
export interface Victim {
  /** Number that the keeper gave it. */
  readonly id: number;
  /** As the machine of the sandbox sees it from inside. */
  readonly pid: number;
  /** Holds so many bytes in all, every page written; grows or shrinks. `refused`: an allocation failed in an orderly way. */
  memory(
    bytes: number,
    options?: {
      /** A fault: takes address space and writes no page. */ readonly reserveOnly?: boolean;
    },
  ): Promise<VictimReply>;
  /** Keeps busy so much of a core (1 = one core) by a closed loop on its own CPU time; 0 stops. */
  cpu(
    cores: number,
    options?: {
      /** A fault: a duty cycle by the wall clock that nothing corrects. */ readonly openLoop?: boolean;
    },
  ): Promise<VictimReply>;
  /** Holds so many descriptors beside those it began with; `untilFull` opens until the kernel refuses. */
  descriptors(
    count: number | 'untilFull',
    options?: {
      /** A fault: gives away what it keeps back for control. */ readonly unreserved?: boolean;
    },
  ): Promise<VictimReply>;
  /** Writes the file up to so many bytes (real blocks), or until the place is full; `keepOpen` deletes it and holds it. */
  disk(
    path: string,
    bytes: number | 'untilFull',
    options?: {
      readonly keepOpen?: boolean;
      /** A fault: gives the file its length and writes no block. */
      readonly preallocate?: boolean;
    },
  ): Promise<VictimReply>;
  /** Allocates and frees blocks of mixed sizes: see exhaustMemory's fragmentation. */
  churn(options: ChurnOptions): Promise<VictimReply>;
  /** A small everyday thing in the victim: open a file, spawn a process, import a module; tells how each went. */
  exercise(): Promise<VictimReply>; // Figures are 1 where it worked: `reservedRead`, `openFile`, `spawn`, `importModule`.
  /** Gives everything back and lives on. */
  release(): Promise<VictimReply>;
  /** Ends it in order; one that does not go within 2 s is killed. */
  end(): Promise<VictimEnding>;
  /** Sends a signal through the keeper. */
  kill(signal: NodeJS.Signals): Promise<void>;
  readonly ended: Promise<VictimEnding>;
}

export interface ChurnOptions {
  readonly bytes: number;
  readonly smallest: number;
  readonly largest: number;
  readonly cycles: number;
  /** Keeps one in so many small objects after each cycle: a fault. */
  readonly pinEvery?: number;
  readonly trim: boolean;
  readonly seed: number;
}

export interface VictimReply {
  readonly outcome: 'done' | 'refused' | 'died';
  /** Errno name or exception, where it was refused. */
  readonly error?: string;
  /** What the victim itself counts: `heldBytes`, `openDescriptors`, `writtenBytes`, `cpuMs`… */
  readonly figures: Readonly<Record<string, number>>;
}

export interface VictimEnding {
  readonly code: number | null;
  /** Such as `SIGKILL`. */
  readonly signal: string | null;
  /** As the keeper read them right before the start and right after the end of it, where it can. */
  readonly killsBefore?: number;
  readonly killsAfter?: number;
  readonly peakBytes?: number;
}
