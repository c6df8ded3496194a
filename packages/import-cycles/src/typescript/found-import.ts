import type { ImportForm, ImportKind } from '../model/import-kind.ts';
import type { ImportSyntax } from './module-resolver.ts';

/** An import as it is written in a file, not yet resolved. */
export interface FoundImport {
  readonly specifier: string;
  /** Offset of the specifier's literal, and of the statement that holds it, in UTF-16 code units. */
  readonly position: number;
  readonly statement: number;
  readonly kind: ImportKind;
  readonly form: ImportForm;
  readonly syntax: ImportSyntax;
  /**
   * Local names that a compiler may find to be types only, and then erases the import; undefined where it never does, since
   * the import is written for its effect, or is erased or kept by its own syntax.
   */
  readonly erasableNames?: readonly string[];
}
