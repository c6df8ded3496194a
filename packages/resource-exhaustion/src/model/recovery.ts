/** How a sandbox came back after the pressure was taken away. */
export interface Recovery {
  /** Until memory was within the tolerance of its baseline, ms; absent where it did not within the patience. */
  readonly backAfterMs?: number;
  readonly patienceMs: number;
  /** What stayed, over the baseline. */
  readonly residueBytes: number;
  readonly residueFiles: number;
  readonly residueDescriptors: number;
  readonly residueProcesses: number;
}
