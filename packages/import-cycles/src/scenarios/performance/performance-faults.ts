import type { Fault } from '@seaworthy/scenario';
import { median } from '../statistics/median.ts';
import { withSource } from '../modules/written-module.ts';
import { extraMemory } from './judge-performance.ts';
import type { PerformanceObservation } from './performance-observation.ts';
import { whenEnteredAgain } from './performance-plan.ts';
import type { PerformancePlan } from './performance-plan.ts';

type PerformanceFault = Fault<PerformancePlan, PerformanceObservation>;

const slowestBody = ({ bodies }: PerformanceObservation, clock: 'cpuMs' | 'wallMs'): string | undefined => {
  const slowest = [...bodies].sort((a, b) => b[clock] - a[clock])[0];
  if (slowest === undefined) return undefined;
  const others = median(bodies.filter((body) => body !== slowest).map((body) => body[clock]));
  if (slowest[clock] < 10 * others) return undefined;
  return `the body of ${slowest.module} took ${slowest[clock].toFixed(1)} ms, the others ${others.toFixed(1)}`;
};

const computing: PerformanceFault = {
  id: 'computes-in-the-circle',
  breaks: 'a module of the circle computes a table in its body',
  raises: 'IMP031',
  inject: (plan) => whenEnteredAgain(plan, 'TABLE = sum(i * i % 7 for i in range(2_000_000))'),
  applied: (observation) => slowestBody(observation, 'cpuMs'),
};

const waiting: PerformanceFault = {
  id: 'waits-in-the-circle',
  breaks: 'a module of the circle sleeps in its body',
  raises: 'IMP031',
  inject: (plan) => whenEnteredAgain(plan, 'import time\ntime.sleep(0.2)'),
  applied: (observation) => slowestBody(observation, 'wallMs'),
};

const failing: PerformanceFault = {
  id: 'uses-a-name-too-early',
  breaks: 'the last module of the circle takes a name from the first one, which has not defined it yet',
  raises: 'IMP032',
  inject: (plan) => ({
    ...plan,
    circular: withSource(plan.circular, 'derrick', (source) =>
      source.replace('import anchor\n', 'from anchor import anchor_step_0\n'),
    ),
  }),
  applied: ({ circular }) => {
    const error = circular.find((sample) => sample.error !== null)?.error;
    return error === undefined || error === null ? undefined : `CPython said ${error.type}: ${error.message}`;
  },
};

/** Fills eight times 4 MB. Who only lets go of them takes as long as who keeps them, so that nothing else differs. */
const KEEPS = `import mmap

STORE = [mmap.mmap(-1, 4_000_000) for _ in range(8)]
for part in STORE:
    part.write(bytes(4_000_000))
`;
const LETS_GO = `import mmap

for _ in range(8):
    with mmap.mmap(-1, 4_000_000) as part:
        part.write(bytes(4_000_000))
`;

const hoarding: PerformanceFault = {
  id: 'hoards-in-the-circle',
  breaks: 'a module of the circle keeps 32 MB that it fills in its body',
  raises: 'IMP033',
  inject: (plan) => ({
    ...whenEnteredAgain(plan, KEEPS),
    clean: withSource(plan.clean, 'derrick', (source) => `${LETS_GO}\n${source}`),
  }),
  applied: (observation) => {
    const extra = extraMemory(observation);
    return extra > 10_000_000 ? `the circle took ${(extra / 1e6).toFixed(0)} MB more at its peak` : undefined;
  },
};

/** Ways in which a circle of imports can hurt whoever imports it. */
export const performanceFaults: readonly PerformanceFault[] = [computing, waiting, failing, hoarding];
