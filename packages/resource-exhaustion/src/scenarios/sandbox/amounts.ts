export { bytesAsText } from '../../safety/bytes-as-text.ts';

/** `74.6 %`; more digits where one would hide what is compared. */
export function percentAsText(percent: number, digits = 1): string {
  return `${trimmed(percent, digits)} %`;
}

/** `0.42 s`, `12 s`. */
export function secondsAsText(ms: number): string {
  return `${trimmed(ms / 1000, Math.abs(ms) < 10_000 ? 2 : 0)} s`;
}

const trimmed = (value: number, digits: number): string => String(Number(value.toFixed(digits)));
