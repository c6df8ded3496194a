import { sizeAsWritten } from './size-as-written.ts';

const NAMES = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes in powers of 1000 with three digits, as reports print what was measured beside it: `315 MB`, `68.7 GB`. */
export function sizeAsText(bytes: number): string {
  let value = bytes;
  let step = 0;
  while (value >= 999.5 && step < NAMES.length - 1) {
    value /= 1000;
    step += 1;
  }
  return `${String(value >= 100 ? Math.round(value) : Number(value.toPrecision(3)))} ${NAMES[step] ?? ''}`;
}

/** With what a compose file has for it: ``68.7 GB (`64g`)``. */
export function declaredSize(bytes: number): string {
  const written = sizeAsWritten(bytes);
  return written.endsWith('b') ? sizeAsText(bytes) : `${sizeAsText(bytes)} (\`${written}\`)`;
}
