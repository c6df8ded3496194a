/** Numbers as somebody gave them, for messages: `share NaN, bytes 5`. JSON would make null of what is no number. */
export function asGiven(numbers: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(numbers).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? 'none'
    : given
        .map(
          ([name, value]) => `${name} ${typeof value === 'string' ? JSON.stringify(value) : String(value)}`,
        )
        .join(', ');
}
