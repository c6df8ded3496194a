import { ts } from 'ts-morph';
import { IGNORE_MARKER, parseIgnoreComment } from '../model/ignore-comment.ts';
import { pathToPosition } from './path-to-position.ts';

/** The ignore comments of a file, each with the offset where it says so. */
export function ignoreComments(
  file: ts.SourceFile,
): { readonly position: number; readonly reason: string }[] {
  const { text } = file;
  const found = [];
  for (let at = text.indexOf(IGNORE_MARKER); at >= 0; at = text.indexOf(IGNORE_MARKER, at + 1)) {
    const comment = /^.*?(?=\*\/|$)/m.exec(text.slice(at))?.[0] ?? '';
    const parsed = parseIgnoreComment(comment);
    if (parsed && isInComment(file, at)) found.push({ position: at, reason: parsed.reason });
  }
  return found;
}

/** No token but a literal can hold the marker, so it is in a comment unless it is in one of those. */
function isInComment(file: ts.SourceFile, position: number): boolean {
  const innermost = pathToPosition(file, position).at(-1)!;
  const isLiteral =
    ts.isStringLiteralLike(innermost) ||
    ts.isTemplateHead(innermost) ||
    ts.isTemplateMiddleOrTemplateTail(innermost) ||
    ts.isRegularExpressionLiteral(innermost) ||
    ts.isJsxText(innermost);
  return !isLiteral || position < innermost.getStart(file);
}
