import type { LimitSpecs } from '@seaworthy/scenario';

/** What imports/project is judged by. */
export const projectLimits = {
  maxDuration: {
    unit: 'ms',
    default: 30_000,
    min: 1,
    description: 'time to analyse the project, which it must stay below',
  },
  maxCycles: {
    unit: 'count',
    default: 20,
    max: 100_000,
    description: 'import cycles (closed paths that meet no module twice), where there is no baseline',
  },
  maxLength: {
    unit: 'count',
    default: 5,
    min: 1,
    max: 10_000,
    description: 'longest import cycle, in modules',
  },
  maxFirstImportCrashes: {
    unit: 'count',
    default: 1_000_000,
    max: 1_000_000,
    description: 'modules that may crash when they are imported first: warnings up to it, errors above',
  },
  maxMissedImports: {
    unit: 'count',
    default: 0,
    max: 1_000_000,
    description: "imports that CPython's own parser may see in the files compared and the analysis does not",
  },
} as const satisfies LimitSpecs;
