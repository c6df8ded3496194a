const SHIFT: Readonly<Record<string, number>> = { k: 10, m: 20, g: 30, t: 40, p: 50 };

/**
 * Bytes of a size as Docker reads it: `512m`, `1.5g`, `800MB`, `1GiB`, in any case, units being powers of 1024; a number
 * counts bytes.
 *
 * @returns `undefined` for what is no size.
 * @see https://github.com/docker/go-units/blob/v0.5.0/size.go
 */
export function parseByteSize(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(?:i?b)?$/i.exec(text.trim()) ?? [];
  if (number === undefined) return undefined;
  const bytes = Math.floor(Number(number) * 2 ** (SHIFT[unit.toLowerCase()] ?? 0));
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}
