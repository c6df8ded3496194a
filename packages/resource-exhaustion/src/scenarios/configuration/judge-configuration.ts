import type { Finding, Judgement, Limits } from '@seaworthy/scenario';
import { bytesAsText } from '../../safety/bytes-as-text.ts';
import type { configurationLimits } from './configuration-limits.ts';
import type { ConfigurationObservation, SeenContainer, SystemFacts } from './configuration-observation.ts';
import { judgeLife } from './judge-life.ts';
import { judgeMemory } from './judge-memory.ts';
import { judgeProcesses } from './judge-processes.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { sizeAsText } from './size-as-text.ts';

type Values = Limits<typeof configurationLimits>;

/** Every service must be limited sensibly, and every container that was looked at as it is declared. */
export function judgeConfiguration(observation: ConfigurationObservation, limits: Values): Judgement {
  const { system, services, containers, warnings, notSeen } = observation;
  if (services.length === 0)
    return { findings: judgeSystem(system, limits), inconclusive: ['The compose file has no service.'] };
  const declared = services.flatMap((service) => {
    const findings = [
      ...judgeMemory(service, system, limits),
      ...judgeProcesses(service, system, limits),
      ...judgeLife(service, limits),
    ];
    const refused = containers.filter((container) => container.service === service.name);
    return [
      ...findings,
      ...refused.flatMap((container) => judgeRefusal(container, service, system, findings) ?? []),
    ];
  });
  return {
    findings: [
      ...judgeSystem(system, limits),
      ...declared,
      ...containers.flatMap((container) => judgeContainer(container, observation)),
      ...warnings.map(({ message, location }): Finding => ({
        code: 'LIM065',
        severity: 'warning',
        message,
        location,
      })),
      ...(notSeen.length === 0 ? [] : [notReadBack(observation)]),
    ],
  };
}

function judgeSystem({ memoryBytes, cores, from }: SystemFacts, limits: Values): readonly Finding[] {
  const evidence = [
    from === 'engine' ? 'as the container engine says' : 'of this machine: no engine answers',
  ];
  const findings: Finding[] = [];
  if (memoryBytes <= limits.minSystemMemory)
    findings.push({
      code: 'LIM056',
      severity: 'error',
      message: `The machine for containers has ${sizeAsText(memoryBytes)} of memory, and needs more than ${sizeAsText(limits.minSystemMemory)}`,
      measured: { value: memoryBytes, unit: 'bytes' },
      limit: { value: limits.minSystemMemory, unit: 'bytes', name: 'minSystemMemory', bound: 'least' },
      evidence,
      cause: {
        text: 'the machine, or the virtual machine of the engine, is too small',
        certainty: 'certain',
      },
      fix: { text: 'give it more memory (Docker Desktop: Settings, Resources)' },
    });
  if (cores < limits.minSystemCpus)
    findings.push({
      code: 'LIM056',
      severity: 'error',
      message: `The machine for containers has ${String(cores)} cores, and needs at least ${String(limits.minSystemCpus)}`,
      measured: { value: cores, unit: 'count' },
      limit: { value: limits.minSystemCpus, unit: 'count', name: 'minSystemCpus', bound: 'least' },
      evidence,
      cause: {
        text: 'the machine, or the virtual machine of the engine, is too small',
        certainty: 'certain',
      },
      fix: { text: 'give it more cores (Docker Desktop: Settings, Resources)' },
    });
  return findings;
}

function judgeContainer(
  { kind, name, service, differences, oomKillDisable }: SeenContainer,
  { services, system }: ConfigurationObservation,
): readonly Finding[] {
  const location = services.find((declared) => declared.name === service)?.at;
  const place = location === undefined ? {} : { location };
  const findings: Finding[] = [];
  if (differences.length > 0)
    findings.push({
      code: 'LIM000',
      severity: 'error',
      message: `${name}: ${String(differences.length)} of the limits that are declared for ${service} ${differences.length === 1 ? 'is' : 'are'} not in force`,
      ...place,
      evidence: differences.map(
        (difference) =>
          `${difference.name}: declared ${shown(difference.name, difference.declared)}, in force ${shown(difference.name, difference.effective)}`,
      ),
      cause:
        system.cannotLimit.length > 0
          ? { text: `the engine's kernel cannot limit ${system.cannotLimit.join(', ')}`, certainty: 'likely' }
          : kind === 'running'
            ? {
                text: 'it was made before the compose file was changed, or the engine passed over the limit',
                certainty: 'likely',
              }
            : { text: 'the engine passed over the limit without an error', certainty: 'likely' },
      fix: {
        text:
          kind === 'running'
            ? `make it anew: \`docker compose up --detach --force-recreate ${service}\``
            : 'enable what is missing in the kernel (see `docker info`, and explain LIM000)',
      },
    });
  if (kind === 'running' && oomKillDisable === true)
    findings.push({
      code: 'LIM054',
      severity: 'error',
      message: `${name} is never killed for memory: it hangs instead`,
      ...place,
      cause: { text: 'it was made with oom_kill_disable', certainty: 'certain' },
      fix: { text: 'make it anew without oom_kill_disable' },
    });
  return findings;
}

function shown(name: string, value: number | boolean | null | undefined): string {
  if (value === undefined || value === null) return 'no limit';
  if (typeof value === 'boolean') return String(value);
  return /Bytes$|^tmpfs /.test(name) ? bytesAsText(value) : String(value);
}

function notReadBack({ notSeen, services, containers }: ConfigurationObservation): Finding {
  const seen = new Set(containers.map(({ service }) => service));
  const unseen = services.filter(({ name }) => !seen.has(name));
  return {
    code: 'LIM066',
    severity: 'note',
    message: `For ${String(unseen.length)} of ${String(services.length)} services only what is written was judged, not what is in force`,
    evidence: notSeen,
  };
}
