import { chmod } from 'node:fs/promises';
import { connectTo, startContainer, type ContainerEngine } from '@seaworthy/container-engine';
import type { Environment, MeasureContext, Subject } from '@seaworthy/scenario';
import type { CollectionRunner } from '../../model/collection-runner.ts';
import { containerRunner, type ContainerRunnerOptions } from '../../run/container/container-runner.ts';
import type { ContainerPlace } from '../../run/container/start-in-container.ts';
import { hostRunner } from '../../run/host-runner.ts';

type Context = Pick<MeasureContext, 'environment' | 'workspace'>;

/** The image that is validated, where it has a Python; else the scenarios of collection run on this machine. */
export type ImageSubject = Extract<Subject, { kind: 'image' }> & {
  readonly python: NonNullable<Extract<Subject, { kind: 'image' }>['python']>;
};

export function imageOf({ subject }: Pick<Environment, 'subject'>): ImageSubject | undefined {
  return subject?.kind === 'image' && subject.python !== undefined ? (subject as ImageSubject) : undefined;
}

/** Where an image without a working folder of its own sees the project. */
const MOUNTED = '/project';

/** The project's folder in the image that is validated: the image's own files are what CI runs. */
export function folderInImage(environment: Pick<Environment, 'subject'>): string | undefined {
  const subject = imageOf(environment);
  return subject && (subject.workingFolder ?? MOUNTED);
}

/** The image whose own files are the project, and its folder for them; else those of this machine are. */
export function ownFilesOf(
  environment: Pick<Environment, 'subject'>,
): { readonly name: string; readonly folder: string } | undefined {
  const subject = imageOf(environment);
  if (subject?.workingFolder === undefined) return undefined;
  return { name: subject.name, folder: subject.workingFolder };
}

interface Reached {
  readonly engine: ContainerEngine;
  readonly runner: CollectionRunner;
}

/** The limit in force is read back once for each subject: each trial takes a container. */
const known = new WeakMap<Subject, Promise<Reached>>();

function reach(subject: ImageSubject, { workspace }: Pick<Context, 'workspace'>): Promise<Reached> {
  const there = known.get(subject);
  if (there !== undefined) return there.catch(() => reach(subject, { workspace }));
  const reached = (async () => {
    const engine = await connectTo(subject.endpoint);
    const options = { engine, ...optionsOf(subject), workspace };
    return { engine, runner: await containerRunner(options) };
  })();
  known.set(subject, reached);
  reached.catch(() => known.delete(subject));
  return reached;
}

function optionsOf({
  image,
  name,
  limits,
  python,
  command,
}: ImageSubject): Pick<ContainerRunnerOptions, 'image' | 'name' | 'limits' | 'python' | 'command'> {
  const options = { image, name, limits, python: python.executable };
  return command === undefined ? options : { ...options, command };
}

/**
 * Where a scenario's collections run: in containers of the image that is validated, under its limits, else on this machine.
 *
 * @param folders of this machine that are collected; in a container they lie at the same places, read-only
 */
export async function runnerFor(context: Context, folders: readonly string[]): Promise<CollectionRunner> {
  const subject = imageOf(context.environment);
  if (subject === undefined) return hostRunner();
  return withFolders((await reach(subject, context)).runner, folders);
}

/** The same for what lies in the image; one without a folder for it sees that of this machine. */
export async function runnerForProject(
  context: Context,
  folders: readonly string[],
): Promise<CollectionRunner> {
  const subject = imageOf(context.environment);
  if (subject === undefined) return hostRunner();
  const { engine, runner } = await reach(subject, context);
  if (subject.workingFolder !== undefined) return withFolders(runner, folders);
  const { workspace, environment } = context;
  const mounts = [{ from: environment.project.root, to: MOUNTED }];
  const options = { engine, ...optionsOf(subject), mounts, workspace };
  return withFolders(await containerRunner(options), folders);
}

async function withFolders(runner: CollectionRunner, folders: readonly string[]): Promise<CollectionRunner> {
  await openToAll(folders);
  return {
    ...runner,
    elsewhere: {
      ...runner.elsewhere,
      pathHere: (path) => (isIn(path, folders) ? path : runner.elsewhere?.pathHere(path)),
      look: async (look) =>
        runner.elsewhere?.look?.({ ...look, folders: [...(look.folders ?? []), ...folders] }),
    },
    start: (request) => {
      const { read = [], written = [] } = request.folders ?? {};
      return runner.start({ ...request, folders: { read: [...read, ...folders], written } });
    },
  };
}

/** Containers for programs of ours, under the limits of the image; `undefined`: on this machine. */
export async function containersFor(
  context: Context,
  folders: readonly string[],
): Promise<ContainerPlace | undefined> {
  const subject = imageOf(context.environment);
  if (subject === undefined) return undefined;
  const { engine } = await reach(subject, context);
  await openToAll(folders);
  return {
    python: subject.python.executable,
    open: (more) =>
      startContainer(engine, context.workspace, {
        image: subject.image,
        purpose: 'collection',
        command: [subject.python.executable],
        limits: subject.limits,
        ...more,
      }),
  };
}

/** The user of the image may be anyone. */
async function openToAll(folders: readonly string[]): Promise<void> {
  for (const folder of folders) await chmod(folder, 0o755);
}

function isIn(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path === folder || path.startsWith(`${folder}/`));
}
