import { findTestService, readComposeFiles } from '@seaworthy/container-engine';
import type { ComposeProject, ComposeService, ContainerEngine } from '@seaworthy/container-engine';
import type { Environment } from '@seaworthy/scenario';
import { overlayFor } from './change-overlay.ts';
import type { DeclaredService } from './configuration-observation.ts';
import type { ConfigurationPlan } from './configuration-plan.ts';

/** What is declared, with the fault in it where there is one. */
export interface Declared {
  readonly project?: ComposeProject;
  readonly services: readonly DeclaredService[];
  readonly changed?: string;
}

/**
 * Reads what compose files, or the configuration for an image alone, declare.
 *
 * @param env variables for the compose files.
 * @param engine asked which image runs the tests, where no file says so.
 * @throws UsageError
 * @throws EngineError
 */
export async function readDeclared(
  { composeFiles, change }: ConfigurationPlan,
  environment: Environment,
  env: Readonly<Record<string, string | undefined>>,
  engine?: ContainerEngine,
): Promise<Declared> {
  const { root } = environment.project;
  const [first] = composeFiles;
  if (first === undefined) return imageAlone(environment);
  const asWritten = await readComposeFiles(composeFiles, { env, root });
  if (asWritten.services.length === 0) return imageAlone(environment);
  const test = await testServiceOf(asWritten, environment, engine);
  const changed = test ?? asWritten.services[0]?.name;
  const project =
    change === undefined || changed === undefined ? asWritten : await readChanged(change, changed, first);
  return {
    project,
    services: project.services.map((service) => describe(service, project, test)),
    ...(change === undefined || changed === undefined ? {} : { changed }),
  };

  async function readChanged(
    wanted: NonNullable<typeof change>,
    service: string,
    composeFile: string,
  ): Promise<ComposeProject> {
    const { file, text } = overlayFor(wanted, service, composeFile);
    return readComposeFiles([...composeFiles, file], { env, root, texts: { [file]: text } });
  }
}

async function testServiceOf(
  project: ComposeProject,
  { subject, project: { root } }: Environment,
  engine: ContainerEngine | undefined,
): Promise<string | undefined> {
  if (subject?.kind === 'image' && subject.service !== undefined) return subject.service;
  return (await findTestService(engine, project, root))?.service.name;
}

function describe(
  service: ComposeService,
  { services }: ComposeProject,
  test: string | undefined,
): DeclaredService {
  const { name, at, image, limits, healthCheck, restart, ports } = service;
  const dependants = services.flatMap((other) =>
    other.dependsOn.filter((one) => one.service === name).map((one) => ({ ...one, by: other.name })),
  );
  const isTest = name === test;
  const waitedForEnd = dependants.some(({ condition }) => condition === 'service_completed_successfully');
  const endsByItself =
    restart?.value.policy !== 'always' &&
    restart?.value.policy !== 'unless-stopped' &&
    dependants.length === 0 &&
    ports.length === 0;
  return {
    name,
    at,
    ...(image === undefined ? {} : { image: image.value }),
    limits,
    ...(healthCheck === undefined ? {} : { healthCheck }),
    ...(restart === undefined ? {} : { restart }),
    isTest,
    isOneShot: isTest || waitedForEnd || endsByItself,
    neededBy: dependants.map(({ by }) => by),
  };
}

/** Limits that the configuration of seaworthy gives for an image: no file of Compose has a place for them. */
function imageAlone({ subject }: Environment): Declared {
  if (subject?.kind !== 'image') return { services: [] };
  const { limits, name, declaredAt } = subject;
  const at = declaredAt ?? { path: 'seaworthy.config' };
  const placed = <Value>(
    value: Value | undefined,
  ): { readonly value: Value; readonly at: typeof at } | undefined =>
    value === undefined ? undefined : { value, at };
  const optional = {
    memory: placed(limits.memoryBytes),
    memorySwap: placed(limits.memorySwapBytes),
    cpus: placed(limits.cpus),
    pids: placed(limits.pids),
    shm: placed(limits.shmBytes),
    readOnlyRoot: placed(limits.readOnlyRoot),
    init: placed(limits.init),
  };
  const declared = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const service: DeclaredService = {
    name,
    image: name,
    limits: {
      ...declared,
      ulimits: (limits.ulimits ?? []).map((limit) => ({ ...limit, at })),
      tmpfs: (limits.tmpfs ?? []).map((place) => ({ ...place, at })),
    },
    isTest: true,
    isOneShot: true,
    neededBy: [],
  };
  return { services: [service] };
}
