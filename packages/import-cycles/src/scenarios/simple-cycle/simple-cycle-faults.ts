import type { Fault } from '@seaworthy/scenario';
import { cycleAsText } from '../finder/canonical-cycle.ts';
import { withSource } from '../modules/written-module.ts';
import { median } from '../statistics/median.ts';
import type { SimpleCycleObservation } from './simple-cycle-observation.ts';
import type { SimpleCyclePlan } from './simple-cycle-plan.ts';

type SimpleCycleFault = Fault<SimpleCyclePlan, SimpleCycleObservation>;

const blindFinder: SimpleCycleFault = {
  id: 'misses-from-imports',
  breaks: 'the analysis misses imports of the form `from a import b`',
  raises: 'IMP021',
  inject: (plan) => ({ ...plan, finder: { kind: 'blind', to: 'from' } }),
  applied: ({ imports, tried }) => {
    const executed = tried.some((attempt) => attempt.cycle?.includes('tug'));
    const seen = imports.some(([from, to]) => from === 'tug' && to === 'harbour');
    return executed && !seen && imports.length > 0
      ? 'the analysis saw no import of harbour in tug, which CPython executed'
      : undefined;
  },
};

const cutCycle: SimpleCycleFault = {
  id: 'cuts-the-cycle',
  breaks: 'the last module no longer imports the first one',
  raises: 'IMP021',
  inject: (plan) => ({ ...plan, modules: withSource(plan.modules, 'tug', () => 'POWER = 40\n') }),
  applied: ({ tried }) =>
    tried.every((attempt) => attempt.cycle === null && attempt.outcome === 'ok')
      ? 'CPython imported each module first and met none again'
      : undefined,
};

const fourthModule: SimpleCycleFault = {
  id: 'adds-a-fourth-module',
  breaks: 'a fourth module joins the cycle, so that another one than expected is there',
  raises: 'IMP022',
  inject: (plan) => ({
    ...plan,
    modules: [
      ...withSource(plan.modules, 'pilot', (source) =>
        source.replace('import tug\n', 'import rope\n').replace('tug.', 'rope.tug.'),
      ),
      { name: 'rope', source: 'import tug\n' },
    ],
  }),
  applied: ({ tried }) => {
    const longer = tried.find((attempt) => attempt.cycle?.length === 4)?.cycle;
    return longer === undefined || longer === null ? undefined : `CPython went round ${cycleAsText(longer)}`;
  },
};

const optimist: SimpleCycleFault = {
  id: 'predicts-no-crash',
  breaks: 'the prediction never expects a crash',
  raises: 'IMP025',
  inject: (plan) => ({ ...plan, finder: { kind: 'optimistic' } }),
  applied: ({ predicted, tried }) => {
    const crashed = tried.filter((attempt) => attempt.outcome === 'crash').length;
    return predicted.length > 0 && crashed > 0 && predicted.every((prediction) => prediction.outcome === 'ok')
      ? `no crash was predicted, and CPython crashed from ${crashed} of ${tried.length} modules`
      : undefined;
  },
};

const slowFinder: SimpleCycleFault = {
  id: 'takes-too-long',
  breaks: 'the analysis waits for more than a second',
  raises: 'IMP024',
  inject: (plan) => ({ ...plan, finder: { kind: 'slow', ms: 1100 }, searches: 1 }),
  applied: ({ searchMs }) =>
    median(searchMs) >= 1100 ? `the analysis took ${Math.round(median(searchMs))} ms` : undefined,
};

const crashingFinder: SimpleCycleFault = {
  id: 'crashes',
  breaks: 'the analysis ends with an error',
  raises: 'IMP023',
  inject: (plan) => ({ ...plan, finder: { kind: 'raising' } }),
  applied: ({ crash }) => (crash === null ? undefined : `the analysis ended with ${crash}`),
};

/** Ways in which an analysis, or the files under it, can be wrong. */
export const simpleCycleFaults: readonly SimpleCycleFault[] = [
  blindFinder,
  cutCycle,
  fourthModule,
  optimist,
  slowFinder,
  crashingFinder,
];
