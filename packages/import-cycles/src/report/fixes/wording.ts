/** `a`, `a` and `b`, `a`, `b` and `c`. */
export function listed(items: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${last} ${items.at(-1)}`;
}

/** The first few of a list, and how many there are besides. */
export function firstFew(items: readonly string[], most = 3): string {
  return items.length <= most
    ? listed(items)
    : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}

/** line 3; lines 3, 7 and 9. */
export function linesOf(lines: readonly number[]): string {
  const distinct = [...new Set(lines)].sort((left, right) => left - right).map(String);
  return `${distinct.length === 1 ? 'line' : 'lines'} ${firstFew(distinct)}`;
}

/** Names as code, joined. */
export function quoted(names: readonly string[]): string {
  return firstFew(names.map((name) => `\`${name}\``));
}
