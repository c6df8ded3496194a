/**
 * The line (1-based) of a configuration file in which a key stands, by its path from the top. The file is searched as text,
 * comments left out: that works for every kind of file, and for values that are computed there is no line.
 */
export function locateKey(source: string, path: readonly string[]): number | undefined {
  const text = source.replace(STRING_OR_COMMENT, (piece) =>
    piece.startsWith('/') ? piece.replace(/[^\n]/g, ' ') : piece,
  );
  let position = 0;
  for (const key of path) {
    const pattern = new RegExp(`(?<![\\w$])(['"\`]?)${key.replace(/\W/g, '\\$&')}\\1\\s*:`, 'g');
    pattern.lastIndex = position;
    const match = pattern.exec(text);
    if (match === null) return undefined;
    position = match.index + match[0].length;
  }
  return path.length === 0 ? undefined : text.slice(0, position).split('\n').length;
}

const STRING_OR_COMMENT =
  /"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[^]*?\*\//g;
