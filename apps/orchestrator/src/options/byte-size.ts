import { UsageError } from '@seaworthy/scenario';

const SHIFT: Readonly<Record<string, number>> = { '': 0, k: 10, m: 20, g: 30 };

/** Bytes of a size as Docker takes it: `512m`, `1.5g`, `800MB`, `1GiB`; a bare number counts bytes. All units are powers of 1024. */
export function byteSize(option: string, text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*(?:([kmg])(?:i?b)?|b)?$/i.exec(text.trim()) ?? [];
  const value = Math.floor(Number(number) * 2 ** (SHIFT[unit.toLowerCase()] ?? Number.NaN));
  if (value > 0 && Number.isSafeInteger(value)) return value;
  throw new UsageError(
    'BAD_SIZE',
    `${option} takes a size above 0, such as 512m or 1.5g, got ${JSON.stringify(text)}.`,
  );
}
