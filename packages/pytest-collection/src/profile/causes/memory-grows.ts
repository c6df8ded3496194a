import { formatBytes } from '../../formats/quantity.ts';
import type { Recording } from '../../model/recording.ts';
import { median } from '../../statistics/median.ts';
import { detailRun, type FindCause } from './cause-input.ts';

const LEAST_FILES = 20;
/** A healthy file keeps about 35 kB: its code and its tests. */
const LEAST_BYTES = 300_000;
/** A test is kept as 3 kB or so. */
const BYTES_OF_TEST = 6000;

/** Memory that every file adds, whatever is in it: a conftest or a plugin keeps something for each of them. */
export const memoryGrows: FindCause = ({ profile, runs }) => {
  const run = detailRun(runs);
  if (run === undefined) return [];
  const steps = stepsOf(run.recording);
  if (steps.length < LEAST_FILES) return [];
  // Not the mean: what happens once, such as a large import, is no growth with the files.
  const each = median(steps);
  const items = profile.tests.found / Math.max(1, profile.tests.files);
  if (each < LEAST_BYTES + items * BYTES_OF_TEST) return [];
  const total = each * steps.length;
  return [
    {
      id: 'memory-grows',
      message: `every file adds ${formatBytes(each)} that is not given back, ${formatBytes(total)} in ${steps.length} files`,
      certainty: 'likely',
      savesBytes: total,
      evidence: [
        `median from one file to the next; a healthy file keeps about 35 kB`,
        `${steps.filter((step) => step >= each / 2).length} of ${steps.length} files add at least half of that`,
      ],
      fix: 'look for a list, cache or log in a conftest or plugin that each file or test adds to',
    },
  ];
};

/** How much more memory there was when each file had been collected than when the one before it had. */
function stepsOf({ collectors, memory }: Recording): number[] {
  const ends = collectors.flatMap(({ nodeId, path, atMs, own }) =>
    own === undefined || path === undefined || !/\.\w+$/.test(nodeId) ? [] : [atMs + own.wallMs],
  );
  const held: number[] = [];
  let at = 0;
  for (const end of ends.sort((left, right) => left - right)) {
    while (at < memory.length && (memory[at]?.atMs ?? Infinity) <= end + 0.1) at++;
    const bytes = memory[at - 1]?.bytes;
    if (bytes !== undefined) held.push(bytes);
  }
  return held.slice(1).map((bytes, index) => bytes - (held[index] ?? bytes));
}
