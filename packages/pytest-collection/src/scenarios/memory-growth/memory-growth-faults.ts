import type { Fault } from '@seaworthy/scenario';
import { formatBytes } from '../../formats/quantity.ts';
import { retainedPerRound } from '../repeated-collections/retention.ts';
import { PLUGIN } from '../repeated-collections/tests-with-code.ts';
import type { MemoryGrowthObservation } from './memory-growth-observation.ts';
import type { MemoryGrowthPlan } from './memory-growth-plan.ts';

type MemoryGrowthFault = Fault<MemoryGrowthPlan, MemoryGrowthObservation>;

/** Trees small enough that what a fault keeps for each file hurts no machine. */
const SMALL_SIZES: MemoryGrowthPlan['sizes'] = [
  { files: 1, times: 2 },
  { files: 20, times: 1 },
  { files: 40, times: 1 },
  { files: 80, times: 2 },
];

/** Batches so small and few that no time is spent on what is not broken; enough for what each keeps to show. */
const fewBatches = ({ batches }: MemoryGrowthPlan): MemoryGrowthPlan['batches'] => ({
  ...batches,
  files: Math.min(batches.files, 10),
  count: 5,
});

const leakyConftest: MemoryGrowthFault = {
  id: 'keeps-memory-for-each-file',
  breaks: 'a conftest keeps 1 MB for each file that is collected',
  raises: 'COL021',
  inject: (plan) => ({
    ...plan,
    sizes: SMALL_SIZES,
    batches: fewBatches(plan),
    bricks: [{ kind: 'leaky-conftest', bytesPerFile: 1_000_000 }],
  }),
  applied: ({ collections }) => {
    const last = collections.at(-1);
    const grown = (last?.observed.peak.bytes ?? 0) - (collections[0]?.observed.peak.bytes ?? 0);
    return last !== undefined && grown > 0.8e6 * last.files
      ? `${last.files} files took ${formatBytes(grown)} more than one`
      : undefined;
  },
};

const quadraticHook: MemoryGrowthFault = {
  id: 'compares-all-with-all',
  breaks: 'a hook keeps every pair of two tests',
  raises: 'COL022',
  inject: (plan) => ({
    ...plan,
    sizes: [
      { files: 1, times: 2 },
      { files: 100, times: 2 },
      { files: 300, times: 1 },
      { files: 500, times: 2 },
    ],
    batches: fewBatches(plan),
    bricks: [{ kind: 'quadratic-hook', where: 'modifyitems', keep: 'memory' }],
  }),
  applied: ({ collections }) => {
    const last = collections.at(-1)?.observed;
    const kept = last?.phases.find((phase) => phase.name === 'modify')?.memoryBytes ?? 0;
    return kept > 10e6
      ? `memory grew by ${formatBytes(kept)} while the tests were compared with each other`
      : undefined;
  },
};

const notReleased: MemoryGrowthFault = {
  id: 'does-not-release-batches',
  breaks: 'a plugin keeps the session of every batch',
  raises: 'COL023',
  inject: (plan) => ({
    ...plan,
    sizes: SMALL_SIZES,
    batches: {
      ...fewBatches(plan),
      // With fewer the interval of what each leaves would contain the limit.
      count: plan.batches.count,
      code: {
        conftest: null,
        plugin: `sessions = []


def pytest_sessionfinish(session):
    sessions.append((session, b"x" * 1_500_000))
`,
      },
    },
  }),
  applied: ({ batches }) => {
    const kept = batches === null ? undefined : retainedPerRound(batches)?.value;
    return kept !== undefined && kept > 1e6
      ? `${PLUGIN} kept ${formatBytes(kept)} of every batch`
      : undefined;
  },
};

/** Ways in which collection can take memory that it should not, or not give it back. */
export const memoryGrowthFaults: readonly MemoryGrowthFault[] = [leakyConftest, quadraticHook, notReleased];
