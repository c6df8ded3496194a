import { formatBytes } from '../../formats/quantity.ts';
import { detailRun, type FindCause } from './cause-input.ts';

const LEAST_FILES = 20;
/** A healthy file keeps about 35 kB: its code and its tests. */
const LEAST_MEDIAN = 300_000;

/** Memory that every file adds, whatever is in it: a conftest or a plugin keeps something for each of them. */
export const memoryGrows: FindCause = ({ profile, runs }) => {
  const run = detailRun(runs);
  if (run === undefined || profile.files.length < LEAST_FILES) return [];
  const growths = profile.files.map(({ memoryBytes }) => memoryBytes).sort((left, right) => left - right);
  const median = growths[Math.floor(growths.length / 2)] ?? 0;
  const items = profile.files.reduce((sum, file) => sum + file.items, 0) / profile.files.length;
  // A test is kept as 3 kB or so.
  if (median < LEAST_MEDIAN + items * 6000) return [];
  return [
    {
      id: 'memory-grows',
      message: `every file adds ${formatBytes(median)} that is never given back, ${formatBytes(median * growths.length)} in ${growths.length} files`,
      certainty: 'likely',
      savesBytes: median * growths.length,
      evidence: [
        `median of ${growths.length} files; a healthy file keeps about 35 kB`,
        `a quarter of the files adds more than ${formatBytes(growths[Math.floor(growths.length * 0.75)] ?? 0)}`,
      ],
      fix: 'look for a list, cache or log in a conftest or plugin that each file or test adds to',
    },
  ];
};
