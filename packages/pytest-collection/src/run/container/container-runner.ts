import {
  EngineError,
  startContainer,
  type ContainerEngine,
  type ContainerSpec,
  type OwnedContainer,
} from '@seaworthy/container-engine';
import { UsageError, type ContainerLimits, type Workspace } from '@seaworthy/scenario';
import { formatLimit } from '../../formats/quantity.ts';
import type { CollectionRunner } from '../../model/collection-runner.ts';
import { lookInContainer } from './look-in-container.ts';
import { startInContainer, type ContainerPlace } from './start-in-container.ts';

export interface ContainerRunnerOptions {
  /** It must run on this machine: the recorder gets into the container, and its rows out of it, through mounted folders. */
  readonly engine: ContainerEngine;
  /** Name or id of an image that the engine has. */
  readonly image: string;
  /** For people; by default the image as it is given. */
  readonly name?: string;
  /** An interpreter of the image that runs the program which watches over the collection; the one that has pytest will do. */
  readonly python: string;
  /** What each container is given. */
  readonly limits?: ContainerLimits;
  /** As which user pytest runs. Default: the image's. */
  readonly user?: string;
  /** Default: none, so that a collection that needs one shows. */
  readonly network?: string;
  /**
   * Folders of this machine to be seen in the containers, read-only unless `writable`. Default: none; the files of the
   * image are what is collected, since those are what runs in CI.
   */
  readonly mounts?: NonNullable<ContainerSpec['mounts']>;
  /** What the project itself starts as process 1 of a container under these limits, entry point and command. Default: not known. */
  readonly command?: readonly string[];
  /** Where the container is made that tells the limit in force. */
  readonly workspace: Workspace;
  readonly signal?: AbortSignal;
}

/**
 * Runs each collection in a throw-away container of an image. The target's interpreter, folder and arguments are then
 * those of the image.
 *
 * @throws UsageError where the engine runs on another machine, the image is not there, cannot run Python, or a limit is refused
 * @throws EngineError where the engine stops answering
 */
export async function containerRunner(options: ContainerRunnerOptions): Promise<CollectionRunner> {
  const { engine, image, name = image, limits = {}, command, workspace, mounts = [], signal } = options;
  signal?.throwIfAborted();
  if (!engine.facts.local) {
    throw new UsageError(
      'REMOTE_ENGINE',
      'Collections run in containers of an engine on this machine only, and this one runs on another: folders of this machine cannot be mounted there. Run seaworthy on the engine’s machine',
    );
  }
  const spec: ContainerSpec = {
    image,
    purpose: 'collection',
    command: [options.python],
    limits,
    ...(options.user === undefined ? {} : { user: options.user }),
    ...(options.network === undefined ? {} : { network: options.network }),
    mounts,
  };
  const placeIn = (workspace: Workspace): ContainerPlace => ({
    python: options.python,
    open: (more) =>
      open(engine, workspace, { ...spec, ...more, mounts: [...mounts, ...(more.mounts ?? [])] }),
  });
  const memory = limits.memoryBytes === undefined ? undefined : await memoryInForce(engine, workspace, spec);
  return {
    name: `container of ${name}${memory === undefined ? '' : `, ${formatLimit(memory)}`}`,
    ...(memory === undefined ? {} : { limit: { bytes: memory, tier: 'container' } }),
    elsewhere: {
      pathHere: (path) => mountedPath(path, mounts),
      look: (look) => lookInContainer(placeIn(look.workspace), look),
      ...(command === undefined ? {} : { start: { command, init: limits.init ?? false } }),
    },
    start: (request) => startInContainer(request, placeIn(request.workspace)),
  };
}

/** A limit counts only as the kernel tells it back. */
async function memoryInForce(
  engine: ContainerEngine,
  workspace: Workspace,
  spec: ContainerSpec,
): Promise<number | undefined> {
  const waits = 'import sys; sys.stdin.read()';
  await using container = await open(engine, workspace, {
    ...spec,
    command: [spec.command[0], '-I', '-S', '-c', waits],
    stdin: true,
  });
  return (await container.effectiveLimits()).memoryBytes;
}

async function open(
  engine: ContainerEngine,
  workspace: Workspace,
  spec: ContainerSpec,
): Promise<OwnedContainer> {
  try {
    return await startContainer(engine, workspace, spec);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const code = USERS_MISTAKES[error.code];
    throw code === undefined ? error : new UsageError(code, error.message, { cause: error });
  }
}

const USERS_MISTAKES: Partial<Record<EngineError['code'], string>> = {
  NO_IMAGE: 'NO_IMAGE',
  COMMAND_NOT_FOUND: 'NO_INTERPRETER',
  LIMIT_REFUSED: 'LIMIT',
};

function mountedPath(path: string, mounts: NonNullable<ContainerSpec['mounts']>): string | undefined {
  for (const { from, to } of mounts) {
    const folder = to.endsWith('/') ? to : `${to}/`;
    if (path.startsWith(folder)) return `${from}/${path.slice(folder.length)}`;
  }
  return undefined;
}
