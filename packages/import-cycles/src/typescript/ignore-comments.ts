import type { ts } from 'ts-morph';
import { IGNORE_MARKER, type ParsedIgnoreComment, parseIgnoreComment } from '../model/ignore-comment.ts';
import { commentAt } from './comment-at.ts';

/**
 * The ignore comments of a file, each with the offset where it says so: line comments and plain block comments. What stands
 * in a documentation comment is an example for readers.
 */
export function ignoreComments(file: ts.SourceFile): ({ readonly position: number } & ParsedIgnoreComment)[] {
  const { text } = file;
  const found = [];
  for (let at = text.indexOf(IGNORE_MARKER); at >= 0; at = text.indexOf(IGNORE_MARKER, at + 1)) {
    const words = /^.*?(?=\*\/|$)/m.exec(text.slice(at))?.[0] ?? '';
    const parsed = parseIgnoreComment(words);
    if (parsed === undefined) continue;
    const comment = commentAt(file, at);
    if (comment !== undefined && !isDocumentation(comment)) found.push({ position: at, ...parsed });
  }
  return found;
}

/** As the compiler tells it: `/**` that is not closed at once. */
function isDocumentation(comment: string): boolean {
  return comment.startsWith('/**') && comment[3] !== '/';
}
