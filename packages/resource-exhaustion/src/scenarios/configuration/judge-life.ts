import type { Finding, Limits } from '@seaworthy/scenario';
import type { configurationLimits } from './configuration-limits.ts';
import type { DeclaredService } from './configuration-observation.ts';
import { serviceFinding } from './service-finding.ts';
import { declaredSize } from './size-as-text.ts';

/** What engines take where a health check does not say. */
const DEFAULT_INTERVAL_MS = 30_000;
const DEFAULT_RETRIES = 3;

/** Images whose programs need more shared memory than the 64 MB that engines give. */
const NEEDS_SHM =
  /(?:^|[/-])(?:postgres|postgis|timescaledb|mssql|oracle|selenium|chrome|chromium|playwright|puppeteer)/;

type Values = Limits<typeof configurationLimits>;

/** Advice on what happens when a container starts, ends or fails. */
export function judgeLife(service: DeclaredService, limits: Values): readonly Finding[] {
  return [judgeRestart(service), judgeHealth(service, limits), judgeInit(service), judgeShm(service)].filter(
    (finding) => finding !== undefined,
  );
}

function judgeRestart(service: DeclaredService): Finding | undefined {
  const { restart, isTest, isOneShot, neededBy } = service;
  const policy = restart?.value.policy ?? 'no';
  if (isTest && policy !== 'no')
    return serviceFinding(service, {
      code: 'LIM060',
      severity: 'warning',
      message: `${service.name} runs the tests and is started again when they end or fail (${policy})`,
      at: restart?.at,
      cause: `the restart policy is ${policy}`,
      fix: 'write `restart: "no"`',
    });
  if (isOneShot || neededBy.length === 0 || policy !== 'no') return undefined;
  return serviceFinding(service, {
    code: 'LIM060',
    severity: 'warning',
    message: `${service.name} stays down after a crash, and ${neededBy.join(', ')} ${neededBy.length === 1 ? 'needs' : 'need'} it`,
    at: restart?.at,
    cause: 'there is no restart policy',
    fix: 'write `restart: unless-stopped` into the service',
  });
}

function judgeHealth(service: DeclaredService, { maxHealthDetection }: Values): Finding | undefined {
  const { healthCheck, isTest, isOneShot, neededBy } = service;
  const isOn = healthCheck !== undefined && !healthCheck.disabled;
  // Whoever wrote one wants to be told by it, also where no other service waits for that.
  if (isTest || (!isOn && (isOneShot || neededBy.length === 0))) return undefined;
  if (!isOn)
    return serviceFinding(service, {
      code: 'LIM061',
      severity: 'warning',
      message: `${neededBy.join(', ')} cannot wait until ${service.name} answers: it has no health check of its own`,
      at: healthCheck?.at,
      cause:
        healthCheck === undefined
          ? 'healthcheck is not set; one of the image, if there is any, is not known from the file'
          : 'healthcheck is disabled',
      fix: 'write `healthcheck: {test: [CMD, …], interval: 5s, timeout: 3s, retries: 5}` into the service',
    });
  const interval = orDefault(healthCheck.intervalMs?.value, DEFAULT_INTERVAL_MS);
  const retries = orDefault(healthCheck.retries?.value, DEFAULT_RETRIES);
  const detection = interval * retries;
  if (detection < maxHealthDetection) return undefined;
  return serviceFinding(service, {
    code: 'LIM061',
    severity: 'warning',
    message: `the health check of ${service.name} tells after ${String(detection / 1000)} s that something is wrong`,
    measured: { value: detection, unit: 'ms' },
    limit: { value: maxHealthDetection, unit: 'ms', name: 'maxHealthDetection', bound: 'most' },
    at: healthCheck.intervalMs?.at ?? healthCheck.retries?.at ?? healthCheck.at,
    cause: `${String(retries)} failures in a row, one every ${String(interval / 1000)} s${healthCheck.retries?.value === 0 ? '; engines take `retries: 0` for their default' : ''}`,
    fix: 'write `interval: 5s` and `retries: 5` into the health check',
  });
}

/** Engines take 0 for a value that is not given. */
function orDefault(value: number | undefined, otherwise: number): number {
  return value === undefined || value === 0 ? otherwise : value;
}

/** Images of others bring what they need; our own code seldom does. */
function judgeInit(service: DeclaredService): Finding | undefined {
  if (!service.isTest || service.limits.init?.value === true) return undefined;
  return serviceFinding(service, {
    code: 'LIM062',
    severity: 'warning',
    message: `${service.name} has no init program: it takes 10 s to stop, and processes that ended add up`,
    at: service.limits.init?.at,
    cause: 'init is not set to true',
    fix: 'write `init: true` into the service',
  });
}

function judgeShm(service: DeclaredService): Finding | undefined {
  const { shm, memory } = service.limits;
  if (shm === undefined && NEEDS_SHM.test(service.image ?? ''))
    return serviceFinding(service, {
      code: 'LIM063',
      severity: 'warning',
      message: `${service.name} has 67.1 MB (\`64m\`) of shared memory, and ${service.image ?? 'its image'} often needs more`,
      cause: 'shm_size is not set',
      fix: 'write `shm_size: 128m` into the service',
    });
  if (shm === undefined || memory === undefined || memory.value === 0 || shm.value <= memory.value / 2)
    return undefined;
  // Above the limit it is an error of its own.
  if (shm.value > memory.value) return undefined;
  return serviceFinding(service, {
    code: 'LIM063',
    severity: 'warning',
    message: `${service.name} may put ${declaredSize(shm.value)} into shared memory, more than half of its ${declaredSize(memory.value)}`,
    measured: { value: shm.value, unit: 'bytes' },
    at: shm.at,
    cause: 'what lies in /dev/shm counts towards the memory limit',
    fix: 'write a smaller `shm_size`, or a larger `mem_limit`',
  });
}
