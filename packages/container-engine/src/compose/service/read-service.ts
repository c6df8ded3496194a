import type { ComposeBuild, ComposeDependency, ComposeService, ComposeWarning } from '../compose-project.ts';
import type { Lookup } from '../tree/interpolate.ts';
import type { MapEntry } from '../tree/node.ts';
import { unexpected } from '../values/mistake.ts';
import { ValueReader } from '../values/read-values.ts';
import { readNetworks, readPorts, readVolumes } from './read-connections.ts';
import { readEnvironment, readVariables } from './read-environment.ts';
import { readHealthCheck } from './read-health-check.ts';
import { readLimits } from './read-limits.ts';
import { readRestart } from './read-restart.ts';
import { unknownKeys } from './service-keys.ts';

export interface ServiceSurroundings {
  readonly lookup: Lookup;
  /** Profiles that COMPOSE_PROFILES names. */
  readonly activeProfiles: readonly string[];
  warn(warning: ComposeWarning): void;
}

/**
 * A service, value by value.
 *
 * @throws UsageError for a value of the wrong type.
 */
export async function readService(
  name: string,
  { keyAt, node }: MapEntry,
  { lookup, activeProfiles, warn }: ServiceSurroundings,
): Promise<ComposeService> {
  const path = `services.${name}`;
  if (node.kind !== 'map') throw unexpected(node, path, 'a mapping');
  const service = new ValueReader(node, path);
  for (const warning of unknownKeys(node, path, 'service')) warn(warning);
  const limits = service.inner('deploy')?.inner('resources')?.inner('limits');
  if (limits !== undefined)
    for (const warning of unknownKeys(limits.map, `${path}.deploy.resources.limits`, 'limits')) warn(warning);
  const profiles = service.texts('profiles')?.value ?? [];
  const build = readBuild(service);
  const healthCheck = readHealthCheck(service);
  const optional = {
    containerName: service.text('container_name'),
    image: service.text('image'),
    build,
    command: service.words('command'),
    entrypoint: service.words('entrypoint'),
    workingFolder: service.text('working_dir'),
    user: service.text('user'),
    healthCheck,
    restart: readRestart(service),
    networkMode: service.text('network_mode'),
    stopGraceMs: service.span('stop_grace_period'),
    stopSignal: service.text('stop_signal'),
    privileged: service.flag('privileged'),
    replicas: service.inner('deploy')?.wholeNumber('replicas', 0) ?? service.wholeNumber('scale', 0),
  };
  return {
    name,
    at: keyAt,
    active: profiles.length === 0 || profiles.some((profile) => isActive(profile, activeProfiles)),
    profiles,
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ) as Partial<ComposeService>),
    environment: await readEnvironment(service, lookup, warn),
    labels: readVariables(service, 'labels'),
    dependsOn: readDependencies(service),
    limits: readLimits(service),
    ports: readPorts(service),
    networks: readNetworks(service, keyAt),
    volumes: readVolumes(service),
  };
}

function isActive(profile: string, active: readonly string[]): boolean {
  return active.includes('*') || active.includes(profile);
}

/** Its context is absolute by now. */
function readBuild(service: ValueReader): ComposeBuild | undefined {
  const build = service.inner('build');
  const context = build?.text('context');
  if (build === undefined || context === undefined) return undefined;
  const dockerfile = build.text('dockerfile')?.value;
  const target = build.text('target')?.value;
  return {
    at: service.placeOf('build'),
    context: context.value,
    ...(dockerfile === undefined ? {} : { dockerfile }),
    ...(target === undefined ? {} : { target }),
  };
}

const CONDITIONS = ['service_started', 'service_healthy', 'service_completed_successfully'] as const;

/** `depends_on`, in its long form. */
function readDependencies(service: ValueReader): readonly ComposeDependency[] {
  const all = service.inner('depends_on');
  if (all === undefined) return [];
  return [...all.map.entries].map(([name, { keyAt, node }]) => {
    const inner = all.inner(name);
    const given = inner?.text('condition')?.value ?? 'service_started';
    const condition = CONDITIONS.find((one) => one === given);
    if (condition === undefined)
      throw unexpected(
        inner?.node('condition') ?? node,
        `${all.nameOf(name)}.condition`,
        CONDITIONS.join(', '),
      );
    return {
      service: name,
      condition,
      required: inner?.flag('required')?.value ?? true,
      restart: inner?.flag('restart')?.value ?? false,
      at: keyAt,
    };
  });
}
