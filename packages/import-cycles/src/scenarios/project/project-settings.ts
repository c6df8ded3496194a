/** What a user's configuration says about imports/project. */
export interface ImportScenarioSettings {
  /** Folders or files to analyse, relative to the project; the whole project where not given. */
  readonly roots?: readonly string[];
  /** File with the cycles that are accepted for now, relative to the project. */
  readonly baseline?: string;
  /** Whether modules of cycles are really imported in the project's interpreter, which executes the project's code. */
  readonly verify?: boolean;
  /** Globs of files and folders to leave out. */
  readonly exclude?: readonly string[];
}
