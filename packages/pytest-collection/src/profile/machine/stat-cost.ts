import { lstatSync } from 'node:fs';

/** Files that are looked at. */
export const MOST = 200;
const LEAST = 5;

/** Microseconds to look at a file, the median of the first look at each of some files; `undefined` with too few of them. */
export function measureStat(files: readonly string[]): number | undefined {
  const times: number[] = [];
  for (const file of files.slice(0, MOST)) {
    const start = process.hrtime.bigint();
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found !== undefined) times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  return medianLook(times);
}

/** The median of such times; `undefined` with too few of them. */
export function medianLook(times: readonly number[]): number | undefined {
  if (times.length < LEAST) return undefined;
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)];
}
