import type { EngineFacts } from '@seaworthy/container-engine';
import type { ContainerLimits, Subject } from '@seaworthy/scenario';
import type { ProjectSubject } from './project-subject.ts';
import { sizeOfLimit } from './size-of-limit.ts';

/**
 * What is validated, under which limits, and where, in one line: `image shop-tests (service tests, compose.yaml:4), 512 MiB,
 * 1 CPU, on Docker 20.10, cgroup v1`.
 */
export function describeSubject({ subject, why, engineSearch }: ProjectSubject): string {
  if (subject.kind === 'host') return `host: ${why}`;
  const { engine } = engineSearch;
  const origin = originOf(subject);
  return [
    `image ${subject.name}${origin === '' ? '' : ` (${origin})`}`,
    ...describeLimits(subject.limits),
    ...(engine === undefined ? [] : [`on ${describeEngine(engine.facts)}`]),
    ...(subject.python === undefined ? ['without Python'] : []),
  ].join(', ');
}

export function describeEngine({ product, version, cgroupVersion, rootless }: EngineFacts): string {
  const name = product === 'docker' ? 'Docker' : 'Podman';
  return `${name} ${version}${rootless ? ' (rootless)' : ''}, cgroup v${String(cgroupVersion)}`;
}

function originOf({ service, declaredAt }: Subject & { kind: 'image' }): string {
  const place = declaredAt === undefined ? '' : `${declaredAt.path}:${String(declaredAt.line ?? 1)}`;
  return [service === undefined ? '' : `service ${service}`, place].filter((part) => part !== '').join(', ');
}

/** In phrases; what is not limited is said where it matters. */
export function describeLimits({
  memoryBytes,
  memorySwapBytes,
  cpus,
  pids,
  ulimits = [],
}: ContainerLimits): readonly string[] {
  const nofile = ulimits.find(({ name }) => name === 'nofile');
  const swap = memorySwapBytes === memoryBytes ? ' without swap' : '';
  return [
    memoryBytes === undefined ? 'no memory limit' : `${sizeOfLimit(memoryBytes)}${swap}`,
    cpus === undefined ? 'all CPUs' : `${String(cpus)} CPU${cpus === 1 ? '' : 's'}`,
    ...(pids === undefined ? [] : [`${String(pids)} processes`]),
    ...(nofile === undefined ? [] : [`${String(nofile.soft)} open files`]),
  ];
}
