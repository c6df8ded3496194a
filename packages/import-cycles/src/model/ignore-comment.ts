/** What every such comment contains; a file without it needs no look at its comments. */
export const IGNORE_MARKER = 'seaworthy:';

const PATTERN = /\bseaworthy:\s*ignore\[\s*import-cycle\s*\](?:\s*--\s*(.*))?/s;

/**
 * Reads `seaworthy: ignore[import-cycle] -- reason` out of a comment of either language, given with or without the
 * characters that open and close it. (TypeScript's documentation comments are no such comments: what they hold are examples.) The reason is empty where none is given. `undefined` where the comment is another one.
 */
export function parseIgnoreComment(comment: string): { readonly reason: string } | undefined {
  const match = PATTERN.exec(comment);
  if (match === null) return undefined;
  const reason = (match[1] ?? '').replace(/\*\/\s*$/, '');
  return { reason: reason.replace(/\s+/g, ' ').trim() };
}
