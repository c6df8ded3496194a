/** A span of time: `0.4 ms`, `41 ms`, `1.53 s`, `2 min 5 s`. */
export function formatDuration(ms: number): string {
  const size = Math.abs(ms);
  if (size < 0.0005) return '0 ms';
  if (size < 999.5) return `${significant(ms, 2)} ms`;
  if (size < 59_950) return `${significant(ms / 1000, 3)} s`;
  const seconds = Math.round(ms / 1000);
  const rest = Math.abs(seconds % 60);
  return `${grouped(Math.trunc(seconds / 60))} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** Memory that was measured, in powers of 1000: `512 B`, `20.5 kB`, `150 MB`, `1.07 GB`. For a limit: {@link formatLimit}. */
export function formatBytes(bytes: number): string {
  const names = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let step = 0;
  while (Math.abs(value) >= 999.5 && step < names.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${significant(value, 3)} ${names[step]!}`;
}

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/**
 * A limit of memory, and what is held against it in the same sentence, in powers of 1024 as Docker and Kubernetes count
 * them, where `512m` is this: `512 MiB`, `1.5 GiB`, `47.2 MiB`.
 */
export function formatLimit(bytes: number): string {
  const tenths = (bytes / GIB) * 10;
  const inGiB = bytes >= 10 * GIB || (bytes >= GIB && Number.isInteger(tenths));
  const value = inGiB ? bytes / GIB : bytes / MIB;
  return `${grouped(Number(value.toFixed(1)))} ${inGiB ? 'GiB' : 'MiB'}`;
}

/** Growth of memory, with its sign: `+61 MB`, `-2.1 MB`; what is below a page is `0`. */
export function formatGrowth(bytes: number): string {
  if (Math.abs(bytes) < 4096) return '0';
  return `${bytes > 0 ? '+' : ''}${formatBytes(bytes)}`;
}

/** A part of a whole: `39 %`, `0.4 %`; empty where there is no whole. */
export function formatShare(part: number, whole: number): string {
  if (!(whole > 0)) return '';
  const percent = (100 * part) / whole;
  if (percent > 0 && percent < 0.1) return '< 0.1 %';
  return `${Math.abs(percent) >= 1 ? Math.round(percent) : Number(percent.toFixed(1))} %`;
}

/** `12,345`. */
export function grouped(value: number): string {
  return value.toLocaleString('en-GB', { maximumFractionDigits: 6 });
}

/** `1 test`, `2 tests`, `12,345 tests`. */
export function counted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** At most so many digits that carry information, and never an exponent. */
function significant(value: number, digits: number): string {
  const whole = Math.abs(value) >= 10 ** (digits - 1);
  return grouped(whole ? Math.round(value) : Number(value.toPrecision(digits)));
}
