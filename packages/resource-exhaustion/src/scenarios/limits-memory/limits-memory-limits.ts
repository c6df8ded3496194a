import type { Limits, LimitSpecs } from '@seaworthy/scenario';

const level = (share: number, which: string) =>
  ({
    unit: 'percent',
    default: share,
    min: 30,
    max: 90,
    description: `${which} level that memory is brought to, of the limit in force`,
  }) as const;

/** What limits/memory is judged by. */
export const limitsMemoryLimits = {
  lowLevel: level(60, 'lowest'),
  middleLevel: level(75, 'middle'),
  highLevel: level(85, 'highest'),
  levelTolerance: {
    unit: 'percent',
    default: 1,
    min: 0.1,
    max: 10,
    description: 'distance from a level that is still on it, of the limit in force',
  },
  maxReach: {
    unit: 'ms',
    default: 30_000,
    min: 500,
    max: 120_000,
    description: 'time until a level is reached',
  },
  minHeld: {
    unit: 'ms',
    default: 2000,
    min: 100,
    max: 60_000,
    description: 'time for which each level must be held',
  },
  maxGuardedPeak: {
    unit: 'percent',
    default: 95,
    min: 50,
    max: 100,
    description: 'peak while the levels were held, of the limit in force, which it must stay below',
  },
  maxResidual: {
    unit: 'percent',
    default: 20,
    min: 0.1,
    max: 100,
    description:
      'memory that is still taken after everything was given back, of the limit in force, which it must stay below',
  },
  maxNeighbourStall: {
    unit: 'ms',
    default: 2000,
    min: 10,
    description: 'longest stall of a process outside of the sandbox',
  },
} as const satisfies LimitSpecs;

export type LimitsMemoryLimits = Limits<typeof limitsMemoryLimits>;
