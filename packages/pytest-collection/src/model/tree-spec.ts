/** What `generateTree` writes. The same specification always gives the same bytes. */
export type TreeSpec = SimpleTree | NestedTree | CircularTree;

interface TreeBase {
  /** What is broken on purpose. Default: nothing. */
  readonly bricks?: readonly FaultBrick[];
}

/** `files` files with `tests` test functions each, in folders of at most 100. */
export interface SimpleTree extends TreeBase {
  readonly kind: 'simple';
  readonly files: number;
  readonly tests: number;
}

/** Folders with a conftest each, files with classes that inherit from a common base, fixtures, and helper modules that import each other. */
export interface NestedTree extends TreeBase {
  readonly kind: 'nested';
  readonly folders: number;
  readonly files: number;
}

/** Test modules that import each other in circles, 2 or 3 imports each. */
export interface CircularTree extends TreeBase {
  readonly kind: 'circular';
  readonly modules: number;
  /** `import x` (harmless), `from x import y` (crashes), or both in turn, so that some modules crash and others do not. */
  readonly imports: 'harmless' | 'crashing' | 'mixed';
  readonly seed?: number;
}

/** A building brick for faults: something that real projects do and that hurts collection. */
export type FaultBrick =
  /** A helper module that every test file imports sleeps while it is imported. */
  | { readonly kind: 'slow-import'; readonly ms: number }
  /** The conftest keeps bytes for every file that is collected. */
  | { readonly kind: 'leaky-conftest'; readonly bytesPerFile: number }
  /** pytest_collection_modifyitems (or, `per-file`, pytest_collect_file) compares everything with everything. */
  | {
      readonly kind: 'quadratic-hook';
      readonly where: 'modifyitems' | 'per-file';
      readonly keep: 'time' | 'memory';
    }
  /** A module catches BaseException around its work, so that Ctrl-C does nothing. */
  | { readonly kind: 'swallowed-interrupt'; readonly holdsMs: number }
  /** Every file takes a lock file exclusively while it is imported. */
  | { readonly kind: 'lock-contention'; readonly holdsMs: number }
  | { readonly kind: 'parametrize-explosion'; readonly items: number }
  /** A conftest starts a child that outlives pytest, in a session of its own where `detached`. */
  | { readonly kind: 'orphan-child'; readonly seconds: number; readonly detached: boolean }
  /** A module does not return from its import: it waits for a socket that nobody answers, a lock, or a child. */
  | { readonly kind: 'hanging-import'; readonly waitsFor: 'socket' | 'lock' | 'child' | 'sleep' }
  /** `count` files cannot be imported. */
  | { readonly kind: 'import-error'; readonly count: number }
  /** The conftest drops every nth file without a word (pytest_ignore_collect). */
  | { readonly kind: 'lost-files'; readonly every: number }
  /** A file asks for so much memory while it is imported. */
  | { readonly kind: 'memory-hog'; readonly bytes: number }
  /** A file ends the process by a signal while it is imported. */
  | { readonly kind: 'crash'; readonly signal: 'SIGSEGV' | 'SIGABRT' | 'SIGKILL' }
  /** The conftest starts a non-daemon thread that runs so long. */
  | { readonly kind: 'lingering-thread'; readonly seconds: number }
  /** A collector takes files that cannot be imported for empty ones (`fine`), or refuses some that can be imported (`broken`). */
  | { readonly kind: 'misreported-imports'; readonly as: 'fine' | 'broken' }
  /** A run that is interrupted leaves a marker which makes later runs collect less, or (`bytecode`) half a bytecode file. */
  | { readonly kind: 'corrupting-cache'; readonly cache?: 'pytest' | 'bytecode' }
  /** A file in the middle of the tree raises the signal's default handling to "ignore", then works so long. Default: 0. */
  | { readonly kind: 'ignores-sigint'; readonly holdsMs?: number };

export interface GeneratedTree {
  /** Absolute path of the folder: where pytest is to be started. */
  readonly root: string;
  readonly spec: TreeSpec;
  /** Test files, and tests, that pytest finds in it where nothing is broken. */
  readonly files: number;
  readonly tests: number;
  /** SHA-256 over paths and contents, hexadecimal: the key it is cached by. */
  readonly digest: string;
  /** It was there already. */
  readonly reused: boolean;
}
