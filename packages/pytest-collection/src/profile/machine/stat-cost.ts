import { lstatSync } from 'node:fs';

const MOST = 200;
const LEAST = 5;

/** Microseconds to look at a file, the median of the first look at each of some files; `undefined` with too few of them. */
export function measureStat(files: readonly string[]): number | undefined {
  const times: number[] = [];
  for (const file of files.slice(0, MOST)) {
    const start = process.hrtime.bigint();
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (found !== undefined) times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  if (times.length < LEAST) return undefined;
  times.sort((left, right) => left - right);
  return times[Math.floor(times.length / 2)];
}
