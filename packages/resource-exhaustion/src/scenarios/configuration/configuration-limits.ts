import type { LimitSpecs } from '@seaworthy/scenario';

/** What limits/configuration is judged by. */
export const configurationLimits = {
  minMemory: {
    unit: 'bytes',
    default: 256 * 2 ** 20,
    min: 1,
    description: 'least memory limit of a container: below it, a Python test run has no room to start in',
  },
  maxMemory: {
    unit: 'bytes',
    default: 8 * 2 ** 30,
    min: 1,
    description: 'largest memory limit of a container, where the machine can give that much',
  },
  minSystemMemory: {
    unit: 'bytes',
    default: 2_000_000_000,
    min: 1,
    description: 'memory of the machine that containers run on, which it must have more than',
  },
  minSystemCpus: {
    unit: 'count',
    default: 2,
    min: 1,
    description: 'least cores of the machine that containers run on',
  },
  maxDescriptors: {
    unit: 'count',
    default: 65_536,
    min: 64,
    description: 'largest limit of open files that still stops a leak of them',
  },
  minPids: {
    unit: 'count',
    default: 32,
    min: 1,
    description: 'least limit of processes of a container: below it, programs cannot start others or threads',
  },
  maxPids: {
    unit: 'count',
    default: 32_768,
    min: 1,
    description: 'largest limit of processes that still stops a fork bomb',
  },
  maxHealthDetection: {
    unit: 'ms',
    default: 90_000,
    min: 1,
    description: 'time after which a health check has told that a service is ill, which it must stay below',
  },
} as const satisfies LimitSpecs;
