/** Version 1 says "no limit" with the largest number of pages that it can count, near 2^63 bytes. */
const NO_LIMIT = 2 ** 60;

/** A file that holds one whole number; `undefined` for anything else, such as `max`. */
export function parseNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text.trim()) ? Number(text) : undefined;
}

/** A limit in bytes or processes; `undefined` for none: `max`, -1 or a number beyond every machine. */
export function parseLimit(text: string | undefined): number | undefined {
  const limit = parseNumber(text);
  return limit === undefined || limit < 0 || limit >= NO_LIMIT ? undefined : limit;
}

/** A field of a file of lines such as `oom_kill 3`. Files are looked at many times a second: nothing is split. */
export function parseField(text: string | undefined, field: string): number | undefined {
  if (text === undefined) return undefined;
  const before = text.startsWith(`${field} `) ? -1 : text.indexOf(`\n${field} `);
  if (before === -1 && !text.startsWith(`${field} `)) return undefined;
  const start = before + field.length + 2;
  const end = text.indexOf('\n', start);
  return parseNumber(text.slice(start, end === -1 ? undefined : end));
}
