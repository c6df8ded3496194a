/** A folder that holds Python sources, as Python sees it from its import root. */
export interface SourceFolder {
  /** Dotted, from its import root; empty for the root itself. Names that are no identifiers stand in it as they are. */
  readonly key: string;
  /** Has an `__init__`. */
  readonly isPackage: boolean;
  /** Whether every folder from the root down to it has a name that can be imported. */
  readonly importable: boolean;
  /** The folder above; undefined for the root, and where what lies above is not looked at. */
  readonly parent: SourceFolder | undefined;
}

/** A Python source file. */
export interface SourceFile {
  /** Absolute; undecodable bytes of its name show as U+FFFD. */
  readonly path: string;
  /** What to open: the path, or its bytes where they are no UTF-8. */
  readonly openPath: string | Buffer;
  readonly folder: SourceFolder;
  /** Its place in the import system: dotted, unique in its root except for `.py` / `.pyi` pairs and the like. */
  readonly key: string;
  /** An `__init__`. */
  readonly isPackage: boolean;
  /** Whether the `import` statement can name it. */
  readonly importable: boolean;
  readonly isStub: boolean;
}

/** What a walk finds. */
export interface Discovery {
  readonly files: SourceFile[];
  /** Keys of extension modules: real modules that have no source to read. */
  readonly extensions: Set<string>;
}
