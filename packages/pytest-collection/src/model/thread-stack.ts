/** Where one thread stands. */
export interface ThreadStack {
  /** Its name, or its id where Python has no name for it. */
  readonly thread: string;
  /** The innermost frame first. */
  readonly frames: readonly { readonly path: string; readonly line: number; readonly function: string }[];
}
