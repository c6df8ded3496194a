import { ts } from 'ts-morph';
import type { Problem } from '../model/import-graph.ts';

/**
 * Parses one file: no program, no links to parents, no JSDoc. This is the compiler inside ts-morph called directly, since
 * `Project.createSourceFile` sets parents, parses JSDoc and registers each file, which costs two to four times as much.
 */
export function parseFile(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(
    path,
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    false,
  );
}

/** The first syntax error of a file; the compiler recovers from it, so that the imports around it are still found. */
export function syntaxErrorOf(file: ts.SourceFile): Omit<Problem, 'path'> | undefined {
  // Not in the compiler's types, since a program usually hands them out; there is none here.
  const [first] =
    (file as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  if (!first) return undefined;
  return {
    kind: 'syntax-error',
    line: file.getLineAndCharacterOfPosition(first.start).line + 1,
    message: ts.flattenDiagnosticMessageText(first.messageText, ' '),
  };
}
