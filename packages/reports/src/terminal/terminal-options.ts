/** How a report looks on a terminal. */
export interface TerminalOptions {
  readonly color: boolean;
  /** Columns. */
  readonly width: number;
  /**
   * Text of a source file, by the path that a finding names; `undefined` where it cannot be read. Given one, findings
   * show the line they are about.
   */
  readonly readSource?: (path: string) => string | undefined;
}
