/** A line of the keeper: an answer to the request `re`, or an event. */
export interface KeeperLine {
  readonly re?: number;
  readonly event?: string;
  readonly [key: string]: unknown;
}

/** `undefined` for what is no line of a keeper, such as what an interpreter prints when it dies. */
export function parseKeeperLine(text: string): KeeperLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const line = value as KeeperLine;
    return typeof line.re === 'number' || typeof line.event === 'string' ? line : undefined;
  } catch {
    return undefined;
  }
}

/** Paths go as words of a line: what is not plain ASCII is written as %XX of its bytes. */
export function escapePath(path: string): string {
  let escaped = '';
  for (const byte of Buffer.from(path)) {
    const character = String.fromCharCode(byte);
    escaped += /[\w./+@,=:-]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return escaped;
}
