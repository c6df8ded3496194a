/**
 * Where an import stands, which decides when it is executed. The strongest surrounding wins: an import in a function
 * inside `if TYPE_CHECKING` is `type-checking`.
 *
 * Python:
 * - `module`: straight in the module body (`with` included)
 * - `class`: in a class body
 * - `conditional`: below `if` / `elif` / `else`, `match`, a loop
 * - `try`: anywhere in a `try` statement (its handlers, `else` and `finally` included)
 * - `function`: in a function body: executed when the function is called
 * - `type-checking`: below `if TYPE_CHECKING`: never executed
 * - `main`: below `if __name__ == "__main__"`: not executed by an import
 * - `lazy`: PEP 810 `lazy import`: executed at the first use of the name
 *
 * TypeScript / JavaScript:
 * - `module`: a static `import`, or `require` at the top level
 * - `re-export`: `export … from`
 * - `function`: `require` in a function
 * - `dynamic`: `import()`
 * - `type-only`: `import type`, `export type … from`, `import("x").T`: erased
 */
export const IMPORT_KINDS = [
  'module',
  'class',
  'conditional',
  'try',
  'function',
  'type-checking',
  'main',
  'lazy',
  're-export',
  'dynamic',
  'type-only',
] as const;

export type ImportKind = (typeof IMPORT_KINDS)[number];

/** What is written: `import a.b`, `from a import b`, `from a import *`, or a literal `import_module("a")` / `require("a")` / `import("a")`. */
export const IMPORT_FORMS = ['import', 'from', 'star', 'call'] as const;

export type ImportForm = (typeof IMPORT_FORMS)[number];

const AT_IMPORT_TIME: ReadonlySet<ImportKind> = new Set([
  'module',
  'class',
  'conditional',
  'try',
  're-export',
]);

/** Whether importing the module that holds such an import may execute it. */
export function isExecutedAtImport(kind: ImportKind): boolean {
  return AT_IMPORT_TIME.has(kind);
}
