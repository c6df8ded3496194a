import { ts } from 'ts-morph';
import { pathToPosition } from './path-to-position.ts';

/** The comment around an offset, with the characters that open and close it; `undefined` where there is none. */
export function commentAt(file: ts.SourceFile, position: number): string | undefined {
  const innermost = pathToPosition(file, position).at(-1)!;
  // What looks like a comment in one of these is text, which the scanner below cannot know.
  if (isText(innermost) && position >= innermost.getStart(file)) return undefined;
  let from = innermost.pos;
  ts.forEachChild(innermost, (child) => {
    if (child.end <= position) from = Math.max(from, child.end);
  });
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, file.languageVariant);
  scanner.setText(file.text, from);
  let token = scanner.scan();
  while (scanner.getTokenEnd() <= position && token !== ts.SyntaxKind.EndOfFileToken) token = scanner.scan();
  const isComment =
    token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia;
  return isComment ? scanner.getTokenText() : undefined;
}

function isText(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node) ||
    ts.isRegularExpressionLiteral(node) ||
    ts.isJsxText(node)
  );
}
