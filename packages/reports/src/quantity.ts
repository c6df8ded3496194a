import type { Quantity, Unit } from '@seaworthy/scenario';

/** A number with its unit as a reader likes it: `1.53 s`, `96.4 MB`, `12,000`, `4.1x`, `87 %`, `50/s`. */
export function formatQuantity({ value, unit }: Quantity): string {
  return FORMATTERS[unit](value);
}

/** A span of time: `0.4 ms`, `41 ms`, `1.53 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 999.5) return `${significant(ms, 2)} ms`;
  if (size < 59_950) return `${significant(ms / 1000, 3)} s`;
  const seconds = Math.round(ms / 1000);
  const rest = seconds % 60;
  return `${grouped(Math.trunc(seconds / 60))} min${rest === 0 ? '' : ` ${String(rest)} s`}`;
}

/** Memory or disk, in powers of 1000 like the limits that users write: `512 B`, `20.5 kB`, `150 MB`, `1.07 GB`. */
export function formatBytes(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let step = 0;
  while (Math.abs(value) >= 999.5 && step < names.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${significant(value, 3)} ${names[step] ?? ''}`;
}

const FORMATTERS: Readonly<Record<Unit, (value: number) => string>> = {
  ms: formatDuration,
  bytes: formatBytes,
  count: (value) => grouped(Number.isInteger(value) ? value : Number(value.toPrecision(3))),
  ratio: (value) => `${significant(value, 3)}x`,
  percent: (value) => `${significant(value, 3)} %`,
  'per-second': (value) => `${significant(value, 3)}/s`,
};

/** At most so many digits that carry information, and never an exponent. */
function significant(value: number, digits: number): string {
  const whole = Math.abs(value) >= 10 ** (digits - 1);
  return grouped(whole ? Math.round(value) : Number(value.toPrecision(digits)));
}

function grouped(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 6 });
}
