import { parseField, parseNumber } from '../files/parse-number.ts';
import type { PidFigures } from '../model/figures.ts';
import type { CgroupFileTexts } from './figure-files.ts';

/** Processes and threads in a cgroup and below it; the files are the same in both versions. */
export function parsePids(texts: CgroupFileTexts): PidFigures | undefined {
  const current = parseNumber(texts['pids.current']);
  return current === undefined
    ? undefined
    : { current, refused: parseField(texts['pids.events'], 'max') ?? 0 };
}
