/** One place in a file that uses an imported name. */
export type Place =
  /** In a function's body, so when the function is called. `label` says which: `Cart.total`. */
  | { readonly when: 'call'; readonly line: number; readonly label: string; readonly waits: boolean }
  /**
   * In a type annotation; `evaluated` where the interpreter evaluates it while the module is being imported. `reader` is the
   * class or function whose base class or decorator may look at it at run time, as those of many libraries do.
   */
  | {
      readonly when: 'annotation';
      readonly line: number;
      readonly evaluated: boolean;
      readonly reader?: string;
    }
  /** While the module is being imported. `role` is what for: "base class of `Order`". */
  | { readonly when: 'import'; readonly line: number; readonly role: string }
  /** Offered to other modules under this name, through `__all__` or `export`. */
  | { readonly when: 'offered'; readonly line: number };

/** A name that an import binds, and every place that uses it. */
export interface NameUse {
  /** As the file calls it (`E` of `import D as E`); `*` for all names of the imported module. */
  readonly name: string;
  readonly places: readonly Place[];
}

/** An import statement of a source file, with what becomes of the names that it binds. */
export interface ImportUse {
  /** The statement on one line, where it is short enough to be quoted. */
  readonly statement: string | undefined;
  /** Whether a keyword before it is enough to make it lazy: not in `try`, `with`, a class or a function. */
  readonly canBeLazy: boolean;
  readonly form: 'statement' | 'call' | 're-export';
  readonly names: readonly NameUse[];
}
