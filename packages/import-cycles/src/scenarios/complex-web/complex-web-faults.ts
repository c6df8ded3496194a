import type { Fault } from '@seaworthy/scenario';
import { coverageOf } from './judge-complex-web.ts';
import type { ComplexWebObservation } from './complex-web-observation.ts';
import type { ComplexWebPlan } from './complex-web-plan.ts';

type ComplexWebFault = Fault<ComplexWebPlan, ComplexWebObservation>;

const blindFinder: ComplexWebFault = {
  id: 'misses-from-imports',
  breaks: 'the analysis misses imports of the form `from a import b`',
  raises: 'IMP021',
  inject: (plan) => ({ ...plan, finder: { kind: 'blind', to: 'from' } }),
  applied: ({ found, reference }) =>
    found !== null && found.imports < reference.imports
      ? `the analysis saw ${found.imports} imports, CPython's parser ${reference.imports}`
      : undefined,
};

const hastyFinder: ComplexWebFault = {
  id: 'counts-imports-in-functions',
  breaks: 'the analysis takes imports inside functions for imports that are executed at import',
  raises: 'IMP022',
  inject: (plan) => ({ ...plan, finder: { kind: 'hasty' } }),
  applied: ({ found, reference }) =>
    found !== null && found.imports === reference.imports && found.cycles.length > reference.cycles.length
      ? `from the same ${found.imports} imports it made ${found.cycles.length} cycles instead of ${reference.cycles.length}`
      : undefined,
};

const slowFinder: ComplexWebFault = {
  id: 'takes-too-long',
  breaks: 'the analysis waits for more than five seconds',
  raises: 'IMP024',
  inject: (plan) => ({ ...plan, finder: { kind: 'slow', ms: 5100 } }),
  applied: ({ searchMs }) => (searchMs >= 5100 ? `the analysis took ${Math.round(searchMs)} ms` : undefined),
};

const greedyFinder: ComplexWebFault = {
  id: 'keeps-memory',
  breaks: 'the analysis keeps 120 MB while it works',
  raises: 'IMP027',
  inject: (plan) => ({ ...plan, finder: { kind: 'greedy', bytes: 120_000_000 } }),
  applied: ({ peakBytes }) =>
    peakBytes > 120_000_000 ? `the process had ${(peakBytes / 1e6).toFixed(0)} MB at its peak` : undefined,
};

const sparseWeb: ComplexWebFault = {
  id: 'writes-few-cycles',
  breaks: 'only three modules of the web are in a cycle',
  raises: 'IMP026',
  inject: (plan) => ({ ...plan, shape: { ...plan.shape, lowerKnot: 3, upperKnot: 0 } }),
  applied: (observation) => {
    const { reference, modules } = observation;
    const inKnots = new Set(reference.knots.flat()).size;
    return inKnots < modules / 4 && coverageOf(observation) < 30
      ? `CPython's parser sees ${inKnots} of ${modules} modules in knots`
      : undefined;
  },
};

const crashingFinder: ComplexWebFault = {
  id: 'crashes',
  breaks: 'the analysis ends with an error',
  raises: 'IMP023',
  inject: (plan) => ({ ...plan, finder: { kind: 'raising' } }),
  applied: ({ crash }) => (crash === null ? undefined : `the analysis ended with ${crash}`),
};

/** Ways in which an analysis, or the web under it, can be wrong. */
export const complexWebFaults: readonly ComplexWebFault[] = [
  blindFinder,
  hastyFinder,
  slowFinder,
  greedyFinder,
  sparseWeb,
  crashingFinder,
];
