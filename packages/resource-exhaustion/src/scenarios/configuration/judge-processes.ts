import type { Finding, Limits } from '@seaworthy/scenario';
import type { configurationLimits } from './configuration-limits.ts';
import type { DeclaredService, SystemFacts } from './configuration-observation.ts';
import { serviceFinding } from './service-finding.ts';

type Values = Limits<typeof configurationLimits>;

/** CPUs, processes, open files. */
export function judgeProcesses(
  service: DeclaredService,
  system: SystemFacts,
  limits: Values,
): readonly Finding[] {
  return [judgeCpus(service, system), judgePids(service, limits), judgeDescriptors(service, limits)].filter(
    (finding) => finding !== undefined,
  );
}

function judgeCpus(service: DeclaredService, { cores }: SystemFacts): Finding | undefined {
  const { cpus } = service.limits;
  if (cpus === undefined || cpus.value === 0)
    return serviceFinding(service, {
      code: 'LIM057',
      severity: 'warning',
      message: `${service.name} has no CPU limit: it may take all ${String(cores)} cores from what runs beside it`,
      at: cpus?.at,
      cause:
        cpus === undefined
          ? 'neither cpus nor deploy.resources.limits.cpus is set'
          : 'the limit is 0, which means none',
      fix: 'write `cpus: 1` into the service, or as many as it uses at once',
    });
  if (cpus.value <= cores) return undefined;
  return serviceFinding(service, {
    code: 'LIM057',
    severity: 'error',
    message: `${service.name} may take ${String(cpus.value)} CPUs, and the machine has ${String(cores)}: engines refuse to make such a container`,
    measured: { value: cpus.value, unit: 'count' },
    at: cpus.at,
    cause: `the machine has ${String(cores)} cores`,
    fix: `write \`cpus: ${String(cores)}\` or less`,
  });
}

function judgePids(service: DeclaredService, { minPids, maxPids }: Values): Finding | undefined {
  const { pids } = service.limits;
  const fix = 'write `pids_limit: 256` into the service, or what its processes and threads need';
  if (pids === undefined || pids.value <= 0)
    return serviceFinding(service, {
      code: 'LIM058',
      severity: 'error',
      message: `${service.name} has no limit of processes: one that forks again and again takes the machine with it`,
      at: pids?.at,
      cause:
        pids === undefined
          ? 'neither pids_limit nor deploy.resources.limits.pids is set'
          : `the limit is ${String(pids.value)}, which means none`,
      fix,
    });
  if (pids.value < minPids)
    return serviceFinding(service, {
      code: 'LIM067',
      severity: 'error',
      message: `${service.name} may have ${String(pids.value)} processes and threads, and needs at least ${String(minPids)}`,
      measured: { value: pids.value, unit: 'count' },
      limit: { value: minPids, unit: 'count', name: 'minPids', bound: 'least' },
      at: pids.at,
      cause: 'the limit is too small: each thread counts as one process',
      fix,
    });
  if (pids.value <= maxPids) return undefined;
  return serviceFinding(service, {
    code: 'LIM058',
    severity: 'error',
    message: `${service.name} may have ${String(pids.value)} processes, and the most that protects the machine is ${String(maxPids)}`,
    measured: { value: pids.value, unit: 'count' },
    limit: { value: maxPids, unit: 'count', name: 'maxPids', bound: 'most' },
    at: pids.at,
    cause: 'the limit is as good as none',
    fix,
  });
}

function judgeDescriptors(service: DeclaredService, { maxDescriptors }: Values): Finding | undefined {
  const nofile = service.limits.ulimits.find(({ name }) => name === 'nofile');
  if (nofile !== undefined && nofile.soft !== -1 && nofile.soft <= maxDescriptors) return undefined;
  return serviceFinding(service, {
    code: 'LIM059',
    severity: 'warning',
    message:
      nofile === undefined
        ? `${service.name} has the engine's own limit of open files, often a million: a leak of them is not noticed`
        : `${service.name} may open ${nofile.soft === -1 ? 'any number of' : String(nofile.soft)} files: a leak of them is not noticed`,
    ...(nofile === undefined || nofile.soft === -1
      ? {}
      : {
          measured: { value: nofile.soft, unit: 'count' },
          limit: { value: maxDescriptors, unit: 'count', name: 'maxDescriptors', bound: 'most' },
        }),
    at: nofile?.at,
    cause: nofile === undefined ? 'ulimits.nofile is not set' : 'ulimits.nofile is too high',
    fix: 'write `ulimits: {nofile: {soft: 1024, hard: 4096}}` into the service',
  });
}
