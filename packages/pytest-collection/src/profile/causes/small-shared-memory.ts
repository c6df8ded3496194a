import { formatLimit } from '../../formats/quantity.ts';
import { allRuns, type FindCause } from './cause-input.ts';

/** What Docker gives. */
const DOCKER_DEFAULT = 64 * 1024 * 1024;
/** What is known to fill it: worker processes that share arrays, and browsers. */
const USERS = [
  'torch',
  'ray',
  'playwright',
  'selenium',
  'multiprocessing.shared_memory',
  'joblib',
  'pyppeteer',
];

/** /dev/shm is as small as Docker makes it, and the tests import something that needs more. */
export const smallSharedMemory: FindCause = ({ runs, machine }) => {
  const bytes = machine?.sharedMemoryBytes;
  if (bytes === undefined || bytes > DOCKER_DEFAULT) return [];
  const user = allRuns(runs)
    .flatMap(({ recording }) => recording.imports)
    .find(({ module }) => USERS.some((name) => module === name || module.startsWith(`${name}.`)));
  if (user === undefined) return [];
  return [
    {
      id: 'small-shared-memory',
      message: `/dev/shm has ${formatLimit(bytes)}, and the tests import ${user.module}, which can fill it: they then die of a bus error or hang`,
      certainty: 'likely',
      evidence: [`size of /dev/shm: ${formatLimit(bytes)}, Docker's default`],
      fix: 'docker run --shm-size=1g (`shm_size: 1gb` in the compose file)',
    },
  ];
};
