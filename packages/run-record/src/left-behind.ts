/** What a run that put pressure on the machine left on it, by two looks: before its first scenario and after its last. */
export interface LeftBehind {
  /** In words, such as `container seaworthy-…-sandbox-1 is left`; empty where nothing of the run is there any more. */
  readonly left: readonly string[];
  /** Of the machine, bytes: other programs take and give back memory as well. */
  readonly availableBytes: BeforeAndAfter;
  /** Of the file system of temporary files, bytes. */
  readonly temporaryFreeBytes: BeforeAndAfter;
}

export interface BeforeAndAfter {
  readonly before: number;
  readonly after: number;
}
