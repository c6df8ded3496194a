/** How `buildPythonGraph` looks at a project. */
export interface PythonBuildOptions {
  /** Globs of files and folders to leave out, relative to `base`; without a slash they match names at any depth. */
  readonly exclude?: readonly string[] | undefined;
  /** Folder for what earlier scans found; made where it does not exist. Without it every file is read. */
  readonly cacheFolder?: string | undefined;
  /** Folder that paths are relative to. By default the deepest one that holds all import roots. */
  readonly base?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Larger files are reported and not read, in bytes. 64 MiB by default. */
  readonly largestFile?: number | undefined;
  /** Milliseconds since 1970; the system's clock by default. Files changed at this very moment are not cached. */
  readonly now?: (() => number) | undefined;
}

/** Far above any source that a person wrote; generated tables reach some 10 MB. */
export const LARGEST_FILE: number = 64 * 1024 * 1024;
