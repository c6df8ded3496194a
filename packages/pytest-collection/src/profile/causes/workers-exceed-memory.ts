import { formatLimit } from '../../formats/quantity.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { requestedWorkers } from './requested-workers.ts';

/** pytest-xdist imports everything once more in every worker: so many of them do not fit into the memory that there is. */
export const workersExceedMemory: FindCause = ({ profile, runs, machine }) => {
  const pytest = detailRun(runs)?.recording.pytest;
  const { workers } = profile;
  if (pytest === undefined || workers === undefined) return [];
  const asked = requestedWorkers(pytest);
  if (asked === undefined) return [];
  const count = typeof asked === 'number' ? asked : (machine?.cpus.visible ?? 0);
  if (count <= workers.largest) return [];
  const k = workers.largest;
  return [
    {
      id: 'workers-exceed-memory',
      message: `-n ${asked} starts ${count} workers of ${formatLimit(workers.perWorker)} each; ${
        k === 0 ? 'not even one fits' : `${k === 1 ? '1 fits' : `${k} fit`}`
      } into ${formatLimit(workers.limit)}`,
      certainty: 'likely',
      evidence: [
        `peak of one collection: ${formatLimit(workers.perWorker)}`,
        `limit (${workers.origin}): ${formatLimit(workers.limit)}`,
      ],
      fix: k === 0 ? 'raise the memory limit' : `-n ${k} is the largest that fits`,
    },
  ];
};
