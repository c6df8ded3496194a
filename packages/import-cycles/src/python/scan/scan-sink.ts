import type { Problem } from '../../model/import-graph.ts';

/** `import a`, `from a import b`, `from a import *`, `import_module("a")`: codes are indexes into `IMPORT_FORMS`. */
export const FORM_IMPORT = 0;
export const FORM_FROM = 1;
export const FORM_STAR = 2;
export const FORM_CALL = 3;

/** Added to the level of a call that is relative to the module's own name (`import_module("..a", __name__)`). */
export const RELATIVE_TO_MODULE = 0x8000;

/** Takes what the scanner finds in a file, in the order of the source. */
export interface ScanSink {
  /**
   * One imported name.
   *
   * @param level leading dots, 0 for an absolute import
   * @param module dotted, without the dots in front; may be empty where `level` is not 0
   * @param name what `from` imports; empty for the other forms
   * @param line, column where the imported name stands, 1-based, in UTF-16 code units
   * @param statementLine where its statement starts
   */
  addImport(
    kind: number,
    form: number,
    level: number,
    module: string,
    name: string,
    line: number,
    column: number,
    statementLine: number,
  ): void;
  addProblem(kind: Problem['kind'], line: number, message: string): void;
  addIgnoreComment(line: number, reason: string, unknownRule?: string): void;
}
