import { IMPORT_FORMS, IMPORT_KINDS } from '../../../src/model/import-kind.ts';
import { ImportScanner } from '../../../src/python/scan/import-scanner.ts';
import { RELATIVE_TO_MODULE } from '../../../src/python/scan/scan-sink.ts';

/** What the scanner finds in a source, in words. */
export interface Scanned {
  /** `kind: what it imports`, such as `function: from .a import b`, `module: import a`, `module: call a`. */
  readonly imports: string[];
  /** `line:column` of each, and `line:column/statement line` where the statement starts in another line. */
  readonly places: string[];
  /** `kind line: message` */
  readonly problems: string[];
  /** `line: reason` */
  readonly comments: string[];
}

/** Scans a source given as text or bytes. */
export function scanText(source: string | Uint8Array): Scanned {
  const bytes = Buffer.from(source);
  const found: Scanned = { imports: [], places: [], problems: [], comments: [] };
  new ImportScanner().scan(Buffer.concat([bytes, Buffer.alloc(8, '"')]), bytes.length, {
    addImport(kind, form, level, module, name, line, column, statementLine) {
      const dots = '.'.repeat(level & ~RELATIVE_TO_MODULE);
      const anchor = level & RELATIVE_TO_MODULE ? ' from __name__' : '';
      const written = {
        import: `import ${module}`,
        from: `from ${dots}${module} import ${name}`,
        star: `from ${dots}${module} import *`,
        call: `call ${dots}${module}${anchor}`,
      } as Record<string, string>;
      found.imports.push(`${IMPORT_KINDS[kind]}: ${written[IMPORT_FORMS[form]!]}`);
      found.places.push(`${line}:${column}${statementLine === line ? '' : `/${statementLine}`}`);
    },
    addProblem(kind, line, message) {
      found.problems.push(`${kind} ${line}: ${message}`);
    },
    addIgnoreComment(line, reason, unknownRule) {
      found.comments.push(`${line}: ${unknownRule === undefined ? '' : `[${unknownRule}] `}${reason}`);
    },
  });
  return found;
}
