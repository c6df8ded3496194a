/** What the project's files and folders are like, as far as it explains a cause. Absolute paths. */
export interface ProjectFacts {
  /** Folders below what pytest collects that hold no test at all, with how many files and folders are in them. */
  readonly vain: readonly { readonly path: string; readonly entries: number }[];
  /** Symbolic links to a folder that pytest meets a second time, as itself or by one above the link. */
  readonly links: readonly { readonly path: string; readonly target: string; readonly loop: boolean }[];
  /** Names that an error calls part of a circular import. */
  readonly names: readonly MissingName[];
  /** A folder of test files in which no `__pycache__` can be written. */
  readonly unwritable?: string;
}

/** `cannot import name N from partially initialized module M`, and what lies where N should be. */
export interface MissingName {
  readonly name: string;
  readonly module: string;
  /** Of the package: where a submodule would lie. */
  readonly folder: string;
  /** There is a submodule of that name that this interpreter can load, or the package's own source binds it. */
  readonly exists: boolean;
  /** Compiled for another interpreter: `_fast.cpython-310-x86_64-linux-gnu.so`. */
  readonly otherBuilds: readonly string[];
  /** What it would be built from: `_fast.pyx`, `_fast.c`. */
  readonly sources: readonly string[];
}
