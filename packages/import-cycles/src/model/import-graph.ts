import type { ImportForm, ImportKind } from './import-kind.ts';

export type Language = 'python' | 'typescript';

/**
 * Which imports count:
 * - `import-time`: what the statements that an import may execute name
 * - `all`: every import, those in functions and for type checkers included
 * - `runtime`: `import-time`, and for every import the `__init__` of each package above its target, since CPython executes
 *   them first (those above the importing module itself are left out: they are always there already)
 */
export type GraphView = 'import-time' | 'all' | 'runtime';

export interface Module {
  /** Dotted for Python (`shop.orders`), the path for TypeScript. Unique in its graph. */
  readonly name: string;
  /** Relative to the graph's `base`, with forward slashes. */
  readonly path: string;
  /** A package's `__init__`. */
  readonly isPackage: boolean;
  /** Index of the nearest package above that has an `__init__`; -1 where there is none. */
  readonly parent: number;
}

/**
 * Every import between two modules of the graph, a row each (`from a import b, c` is two), in columns and ordered by
 * `from`, then by position. A row's number is the import's identity in its graph.
 */
export interface ImportTable {
  readonly count: number;
  /** Module indexes. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Line of the name that is imported, 1-based. */
  readonly line: Int32Array;
  /** Column of that name, 1-based, in UTF-16 code units. */
  readonly column: Int32Array;
  /** Line in which the statement starts, 1-based. */
  readonly statementLine: Int32Array;
  /** Indexes into `IMPORT_KINDS` and `IMPORT_FORMS`. */
  readonly kind: Uint8Array;
  readonly form: Uint8Array;
}

/** One row of the table, for a reader. */
export interface ImportRecord {
  readonly from: Module;
  readonly to: Module;
  readonly line: number;
  readonly column: number;
  readonly statementLine: number;
  readonly kind: ImportKind;
  readonly form: ImportForm;
}

/** Something about a file (for `cache`, of the user's cache) that a reader must know; the rest of the graph stands. */
export interface Problem {
  readonly kind:
    | 'syntax-error'
    | 'unreadable'
    | 'undecodable'
    | 'symlink-loop'
    | 'name-clash'
    | 'too-large'
    | 'configuration'
    | 'cache';
  readonly path: string;
  readonly line?: number;
  readonly message: string;
}

/** A comment that takes the imports of its line out of the search for cycles: `# seaworthy: ignore[import-cycle] -- reason`. */
export interface IgnoreComment {
  /** Index of the module that holds it. */
  readonly module: number;
  readonly line: number;
  /** Empty where the comment gives none: then it ignores nothing and is reported. */
  readonly reason: string;
  /** What the comment names instead of `import-cycle` (empty: nothing): then it ignores nothing and is reported. */
  readonly unknownRule?: string;
}

/** That an import finds its module only while a folder around the importing file stands on Python's search path. */
export interface FolderImport {
  /** Index of the importing module. */
  readonly module: number;
  /** What is written, up to the first dot. */
  readonly name: string;
  /** Relative to the graph's base. */
  readonly folder: string;
}

export interface ImportGraph {
  readonly language: Language;
  /** Absolute path that every module's `path` is relative to. */
  readonly base: string;
  /** Import roots (Python: what would stand on `sys.path`), relative to `base`. */
  readonly roots: readonly string[];
  readonly modules: readonly Module[];
  readonly imports: ImportTable;
  /** Names outside the graph that it imports (`numpy`, `node:fs`), with how often. */
  readonly external: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
  readonly ignoreComments: readonly IgnoreComment[];
  /** For each module the first import that is executed with it, outside `try`, and rests on a folder that is no root. */
  readonly folderImports?: readonly FolderImport[];
}

/**
 * A directed graph in compressed rows: the edges of node `n` are `targets[offsets[n]]` to `targets[offsets[n + 1] - 1]`,
 * ascending and without duplicates. Plain typed arrays, so that analysis has no limits of stack or object count.
 */
export interface Digraph {
  readonly nodeCount: number;
  readonly edgeCount: number;
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
  /** For each edge the row of `ImportTable` that makes it (the first one, where several do). */
  readonly imports: Int32Array;
}
