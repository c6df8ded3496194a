import { UsageError } from '@seaworthy/scenario';

/** A whole number of an option, within bounds that are both included. */
export function wholeNumber(
  option: string,
  text: string,
  min: number,
  max: number = Number.MAX_SAFE_INTEGER,
): number {
  const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  const range =
    max === Number.MAX_SAFE_INTEGER ? `of at least ${String(min)}` : `from ${String(min)} to ${String(max)}`;
  throw new UsageError('BAD_NUMBER', `${option} takes a whole number ${range}, got ${JSON.stringify(text)}.`);
}

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** Timers count ms up to 2^31: days, as a bound that can be remembered. */
const MOST_DAYS = 24;
const MOST_MS = MOST_DAYS * 24 * 3_600_000;

/** A span of time in ms: `90s`, `1500ms`, `5m`, `1.5h`; a bare number counts seconds. At most 24 days. */
export function duration(option: string, text: string): number {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)\s*(ms|s|m|min|h)?$/.exec(text.trim()) ?? [];
  const value = Number(number) * (MS[unit] ?? Number.NaN);
  if (value > MOST_MS) {
    throw new UsageError(
      'BAD_DURATION',
      `${option} takes at most ${MOST_DAYS} days (${MOST_DAYS * 24}h), got ${JSON.stringify(text)}.`,
    );
  }
  if (value > 0) return value;
  throw new UsageError(
    'BAD_DURATION',
    `${option} takes a span of time above 0, such as 90s, 1500ms or 5m, got ${JSON.stringify(text)}.`,
  );
}
