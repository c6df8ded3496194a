import { matchesGlob, relative, sep } from 'node:path';

/** Folders that hold no sources of the project, wherever they stand. Those whose name starts with a dot are left out too. */
const NEVER = new Set(['node_modules', '__pycache__', '__pypackages__', 'site-packages', 'dist-packages']);

/** Folders that tools write; a package of that name (with an `__init__`) is one nevertheless. */
const UNLESS_PACKAGE = new Set(['build', 'dist']);

/** Decides which folders and files below a root are passed over. */
export class Exclusion {
  private readonly base: string;
  private readonly byName: readonly string[];
  private readonly byPath: readonly string[];

  /**
   * @param base absolute folder that patterns with a slash are relative to
   * @param patterns globs; one without a slash matches names at any depth, as in `.gitignore`
   */
  constructor(base: string, patterns: readonly string[]) {
    const trimmed = patterns.map((pattern) => pattern.replace(/^\.\//, '').replace(/\/+$/, ''));
    this.base = base;
    this.byName = trimmed.filter((pattern) => !pattern.includes('/'));
    this.byPath = trimmed
      .filter((pattern) => pattern.includes('/'))
      .map((pattern) => pattern.replace(/^\//, ''));
  }

  /** Whether a folder is passed over because of its name alone, before it is opened. */
  skipsFolder(name: string): boolean {
    return (
      name.startsWith('.') || NEVER.has(name) || name.endsWith('.egg-info') || name.endsWith('.dist-info')
    );
  }

  /** Whether a folder is passed over because of what it holds. */
  skipsContent(name: string, has: (file: string) => boolean): boolean {
    // Environments of venv and virtualenv, and of conda.
    if (has('pyvenv.cfg') || has('conda-meta')) return true;
    return UNLESS_PACKAGE.has(name) && !has('__init__.py') && !has('__init__.pyi');
  }

  /** Whether the user's patterns leave out a file or folder. */
  excludes(path: string, name: string): boolean {
    if (this.byName.length > 0 && this.byName.some((pattern) => matchesGlob(name, pattern))) return true;
    if (this.byPath.length === 0) return false;
    const fromBase = relative(this.base, path).split(sep).join('/');
    return this.byPath.some(
      (pattern) => matchesGlob(fromBase, pattern) || matchesGlob(fromBase, `${pattern}/**`),
    );
  }
}
