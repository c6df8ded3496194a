/** What every such comment contains; a file without it needs no look at its comments. */
export const IGNORE_MARKER = 'seaworthy:';

/** The one rule that a comment can ignore. */
export const IGNORED_RULE = 'import-cycle';

/** Without a rule only where nothing else follows: "seaworthy: ignore the rest" is a sentence. */
const PATTERN = /\bseaworthy:\s*ignore(?:\s*\[([^\]]*)\]|(?=\s*(?:--|\*\/|$)))(?:\s*--\s*(.*))?/s;

/** What an ignore comment says. */
export interface ParsedIgnoreComment {
  /** Empty where none is given. */
  readonly reason: string;
  /** What it names instead of the rule, so that it ignores nothing; empty where it names none. */
  readonly unknownRule?: string;
}

/**
 * Reads `seaworthy: ignore[import-cycle] -- reason` out of a comment of either language, given with or without the
 * characters that open and close it. `undefined` where the comment is another one.
 */
export function parseIgnoreComment(comment: string): ParsedIgnoreComment | undefined {
  const match = PATTERN.exec(comment);
  if (match === null) return undefined;
  const reason = (match[2] ?? '')
    .replace(/\*\/\s*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const rule = (match[1] ?? '').trim();
  return rule === IGNORED_RULE ? { reason } : { reason, unknownRule: rule };
}
