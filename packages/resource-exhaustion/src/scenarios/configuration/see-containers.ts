import {
  EngineError,
  compareLimits,
  declaredLimits,
  findImage,
  findServiceImage,
  findStack,
  isFirstProcessOf,
  limitsFromHostConfig,
  startContainer,
} from '@seaworthy/container-engine';
import type {
  ComposeProject,
  ContainerEngine,
  ContainerSpec,
  OwnedContainer,
} from '@seaworthy/container-engine';
import { readCgroupTexts, readEffectiveLimitsOf } from '@seaworthy/cgroups';
import { UsageError } from '@seaworthy/scenario';
import type { ContainerLimits, MeasureContext } from '@seaworthy/scenario';
import type { DeclaredService, SeenContainer } from './configuration-observation.ts';
import type { ConfigurationPlan } from './configuration-plan.ts';

/** Containers that were looked at, and what could not be seen of which, in words. */
export interface Seen {
  readonly containers: readonly SeenContainer[];
  readonly notSeen: readonly string[];
}

/** Limits that are in force on a container that somebody else made. Of it only what the kernel tells about its cgroup is read. */
export async function seeRunning(engine: ContainerEngine, project: ComposeProject): Promise<Seen> {
  const containers: SeenContainer[] = [];
  const notSeen: string[] = [];
  for (const { id, name, service } of await findStack(engine, project.name)) {
    const about = await engine.client
      .getContainer(id)
      .inspect()
      .catch(() => undefined); // Gone since.
    if (about === undefined) continue;
    const { HostConfig, State } = about;
    const written = project.services.find(({ name }) => name === service);
    const asked = limitsFromHostConfig(HostConfig as Parameters<typeof limitsFromHostConfig>[0]);
    const declared = written === undefined ? asked : inEngine(declaredLimits(written));
    const effective = engine.facts.local ? ofCgroup(State.Pid, id) : undefined;
    if (effective === undefined)
      notSeen.push(
        `the cgroup of ${name} cannot be seen from here, so only what the engine was asked for was compared`,
      );
    containers.push({
      kind: 'running',
      name,
      service,
      declared,
      // What the engine alone can tell is its word; what the kernel tells counts.
      ...(effective === undefined ? {} : { effective: { ...asked, ...effective } }),
      differences: compareLimits(declared, { ...asked, ...effective }),
      ...(HostConfig.OomKillDisable === true ? { oomKillDisable: true } : {}),
    });
  }
  return { containers, notSeen };
}

/** Only what the engine sets as it is: mounts and files of a container are its own matter. */
function inEngine({
  memoryBytes,
  memorySwapBytes,
  cpus,
  pids,
  init,
  readOnlyRoot,
}: ContainerLimits): ContainerLimits {
  const wanted = { memoryBytes, memorySwapBytes, cpus, pids, init, readOnlyRoot };
  return Object.fromEntries(
    Object.entries(wanted).filter(([, value]) => value !== undefined),
  ) as ContainerLimits;
}

/** With `undefined` for what the kernel does not limit, so that it wins over the engine's word. */
function ofCgroup(pid: number, containerId: string): ContainerLimits | undefined {
  // The container may have ended since, and its number be that of anything on this machine.
  const limits = isFirstProcessOf(pid, containerId) ? readEffectiveLimitsOf(readCgroupTexts(pid)) : undefined;
  if (limits === undefined) return undefined;
  const { memoryBytes, memorySwapBytes, cpus, pids } = limits;
  const values = {
    memoryBytes: memoryBytes?.value,
    memorySwapBytes: memorySwapBytes?.value,
    cpus: cpus?.value,
    pids: pids?.value,
  };
  return values as ContainerLimits;
}

/** Makes a throw-away container with the limits of each service whose image is there, and reads back what is in force. */
export async function tryServices(
  engine: ContainerEngine,
  services: readonly DeclaredService[],
  project: ComposeProject | undefined,
  plan: ConfigurationPlan,
  context: MeasureContext,
): Promise<Seen> {
  const containers: SeenContainer[] = [];
  const notSeen: string[] = [];
  for (const service of services) {
    context.signal.throwIfAborted();
    const image = await imageOf(engine, service, project, context);
    if (image === undefined) {
      notSeen.push(
        `the engine does not have the image of ${service.name}, so no container was made with its limits`,
      );
      continue;
    }
    if (containers.length >= plan.mostTrials) {
      notSeen.push(`${service.name} was not tried: ${String(plan.mostTrials)} others were`);
      continue;
    }
    context.progress(`a container with the limits of ${service.name}`);
    const seen = await tryOne(engine, service, image, plan, context);
    if (typeof seen === 'string') notSeen.push(seen);
    else containers.push(seen);
  }
  return { containers, notSeen };
}

async function imageOf(
  engine: ContainerEngine,
  service: DeclaredService,
  project: ComposeProject | undefined,
  { environment: { subject } }: MeasureContext,
): Promise<string | undefined> {
  if (subject?.kind === 'image' && (subject.service ?? subject.name) === service.name) return subject.image;
  const written = project?.services.find(({ name }) => name === service.name);
  if (project === undefined || written === undefined)
    return service.image === undefined ? undefined : (await findImage(engine, service.image))?.id;
  return (await findServiceImage(engine, project, written))?.image.id;
}

/** It lives until its standard input is closed. */
const WAIT: ContainerSpec['command'] = ['sh', '-c', 'read line'];

async function tryOne(
  engine: ContainerEngine,
  service: DeclaredService,
  image: string,
  { leaveOut }: ConfigurationPlan,
  { workspace }: MeasureContext,
): Promise<SeenContainer | string> {
  const declared = declaredLimits(service);
  const limits = Object.fromEntries(
    Object.entries(declared).filter(([name]) => !leaveOut.includes(name as keyof ContainerLimits)),
  ) as ContainerLimits;
  const about = {
    kind: 'trial',
    name: `throw-away container for ${service.name}`,
    service: service.name,
  } as const;
  let container: OwnedContainer;
  try {
    container = await startContainer(engine, workspace, {
      image,
      purpose: 'limits',
      command: WAIT,
      limits,
      stdin: true,
      deadlineMs: 60_000,
    });
  } catch (error) {
    if (error instanceof EngineError && error.code === 'COMMAND_NOT_FOUND')
      return `the image of ${service.name} has no shell to wait in, so its limits were not read back`;
    if (error instanceof UsageError || (error instanceof EngineError && isRefusal(error)))
      return {
        ...about,
        declared,
        differences: [],
        refused: error.message,
        refusedBy: error instanceof UsageError ? 'seaworthy' : 'engine',
      };
    throw error;
  }
  await using owned = container;
  owned.stdout.resume();
  owned.stderr.resume();
  const { readFrom, ...effective } = await owned.effectiveLimits();
  if (readFrom === 'engine')
    return `the limits in force on a container for ${service.name} can be read neither from here nor in it (its image has no \`cat\`), and the engine only repeats what it was asked for`;
  return { ...about, declared, effective, differences: compareLimits(declared, effective) };
}

function isRefusal({ code, status }: EngineError): boolean {
  return code === 'LIMIT_REFUSED' || (code === 'OTHER' && status !== undefined);
}
