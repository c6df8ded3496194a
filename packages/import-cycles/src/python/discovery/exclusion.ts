import { relative, sep } from 'node:path';
import { excludeGlobs } from '../../exclude-globs.ts';
import { isEnvironment, isForeignFolder } from '../../foreign-folders.ts';

/** Folders that tools write; a package of that name (with an `__init__`) is one nevertheless. */
const UNLESS_PACKAGE = new Set(['build', 'dist']);

/** Decides which folders and files below a root are passed over. */
export class Exclusion {
  private readonly base: string;
  private readonly isExcluded: ReturnType<typeof excludeGlobs>;

  /**
   * @param base absolute folder that patterns with a slash are relative to
   * @param patterns as `excludeGlobs` takes them
   */
  constructor(base: string, patterns: readonly string[]) {
    this.base = base;
    this.isExcluded = excludeGlobs(patterns);
  }

  /** Whether a folder is passed over because of its name alone, before it is opened. */
  skipsFolder(name: string): boolean {
    return isForeignFolder(name) || name.endsWith('.egg-info') || name.endsWith('.dist-info');
  }

  /** Whether a folder is passed over because of what it holds. */
  skipsContent(name: string, has: (file: string) => boolean): boolean {
    if (isEnvironment(has)) return true;
    return UNLESS_PACKAGE.has(name) && !has('__init__.py') && !has('__init__.pyi');
  }

  /** Whether the user's patterns leave out a file or folder. */
  excludes(path: string, name: string): boolean {
    return this.isExcluded(() => relative(this.base, path).split(sep).join('/'), name);
  }
}
