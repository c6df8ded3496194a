import type { ContainerLimits } from '@seaworthy/scenario';
import type {
  ConfigurationObservation,
  DeclaredService,
  SeenContainer,
} from '../../../src/scenarios/configuration/configuration-observation.ts';

export const MIB: number = 2 ** 20;
export const GIB: number = 2 ** 30;

const at = { path: 'compose.yaml', line: 7, column: 5 };

export function placed<Value>(value: Value): { readonly value: Value; readonly at: typeof at } {
  return { value, at };
}

/** A service for the tests with which nothing is wrong. */
export const SERVICE: DeclaredService = {
  name: 'tests',
  at: { path: 'compose.yaml', line: 2, column: 3 },
  image: 'shop-tests',
  limits: {
    memory: placed(512 * MIB),
    memorySwap: placed(512 * MIB),
    cpus: placed(1),
    pids: placed(256),
    ulimits: [{ name: 'nofile', soft: 1024, hard: 4096, at }],
    tmpfs: [{ path: '/tmp', bytes: 64 * MIB, at }],
    init: placed(true),
  },
  isTest: true,
  isOneShot: true,
  neededBy: [],
};

/** A service that others need, with which nothing is wrong. */
export const DATABASE: DeclaredService = {
  ...SERVICE,
  name: 'db',
  image: 'postgres:17',
  limits: { ...SERVICE.limits, shm: placed(128 * MIB), tmpfs: [] },
  healthCheck: { at, disabled: false, intervalMs: placed(5000), retries: placed(5) },
  restart: placed({ policy: 'unless-stopped' }),
  isTest: false,
  isOneShot: false,
  neededBy: ['tests'],
};

export function withLimits(limits: Partial<DeclaredService['limits']>, service = SERVICE): DeclaredService {
  return { ...service, limits: { ...service.limits, ...limits } };
}

/** Without some of its limits. */
export function without(
  service: DeclaredService,
  ...names: readonly (keyof DeclaredService['limits'])[]
): DeclaredService {
  const limits = Object.fromEntries(
    Object.entries(service.limits).filter(([name]) => !names.includes(name as never)),
  ) as unknown as DeclaredService['limits'];
  return { ...service, limits };
}

/** A throw-away container for the tests, whose limits are in force. */
export function trial(parts: Partial<SeenContainer> = {}): SeenContainer {
  const limits: ContainerLimits = { memoryBytes: 512 * MIB, pids: 256 };
  return {
    kind: 'trial',
    name: 'throw-away container for tests',
    service: 'tests',
    declared: limits,
    effective: limits,
    differences: [],
    ...parts,
  };
}

export function observed(
  services: readonly DeclaredService[],
  parts: Partial<ConfigurationObservation> = {},
): ConfigurationObservation {
  return {
    system: {
      memoryBytes: 16 * GIB,
      cores: 4,
      floorBytes: 1.6 * GIB,
      from: 'engine',
      cannotLimit: [],
    },
    services,
    containers: [],
    warnings: [],
    notSeen: [],
    ...parts,
  };
}
