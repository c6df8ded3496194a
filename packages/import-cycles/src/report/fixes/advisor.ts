import type { ImportUse } from './name-use.ts';

/** Where imported names come from, when a package (or an index file) only passes them on. */
export interface Submodule {
  /** Modules that would be imported instead. */
  readonly targets: readonly number[];
  readonly statement: string;
  /** As a phrase. */
  readonly passedOnBy: string;
}

/** What the choice of a fix needs to know of a language's source files. Rows are those of one statement and target. */
export interface Advisor {
  /** `undefined` where the file or the statement in it cannot be read. */
  use(rows: readonly number[]): ImportUse | undefined;
  /** What to import instead; `undefined` where the names do not come from elsewhere. */
  submodule(rows: readonly number[]): Submodule | undefined;
  /** Names of the modules that take one of the imported names from the module that imports it. */
  takers(rows: readonly number[]): readonly string[];
  /** Names of the modules that may need the import to have been executed, although they import something else. */
  dependants(rows: readonly number[]): readonly string[];
}
