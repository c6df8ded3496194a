/** What is collected, and by whom. */
export interface CollectionTarget {
  /** Absolute path of the folder in which pytest is started. */
  readonly root: string;
  /** Absolute path of the interpreter that has pytest. */
  readonly python: string;
  /** Arguments for pytest as a user would write them: paths, `-k`, `-p no:x`, `-m`, `--ignore`. Default: none. */
  readonly args?: readonly string[];
  /** Variables beside those of this process; `undefined` takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `pytest` (default) or `python -m pytest`: the latter puts `root` on `sys.path`. */
  readonly invocation?: 'pytest' | 'python -m pytest';
  /**
   * Shell command that pytest's output goes through, such as `tail -3`: the exit code is then the pipe's, as where a CI
   * script runs `pytest | tail -3`.
   */
  readonly pipe?: string;
}
