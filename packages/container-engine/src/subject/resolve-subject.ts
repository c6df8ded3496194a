import type { ContainerLimits, SourceLocation, Subject, Workspace } from '@seaworthy/scenario';
import type { ComposeProject, ComposeService } from '../compose/compose-project.ts';
import { declaredLimits } from '../compose/declared-limits.ts';
import { readComposeFiles } from '../compose/read-compose-files.ts';
import { findImage } from '../connection/find-image.ts';
import type { EngineImage } from '../connection/find-image.ts';
import type { ContainerEngine } from '../model/engine.ts';
import { serviceWhoseImageRunsPytest } from './find-test-service.ts';
import { findServiceImage, howToGetImage, imageNamesOf } from './image-of-service.ts';
import { probePython } from './probe-python.ts';
import type { ImagePython } from './probe-python.ts';
import { SubjectUnavailable } from './subject-settings.ts';
import type { SubjectSettings } from './subject-settings.ts';
import { builtHere, firstOf, namedService, serviceThatRunsPytest } from './test-service.ts';
import type { ChosenService } from './test-service.ts';

export interface SubjectOptions {
  /** Absent: none answers, and `engineProblem` says why. */
  readonly engine?: ContainerEngine | undefined;
  readonly engineProblem?: string | undefined;
  /** Absolute folder of the project. */
  readonly root: string;
  /** Absolute, in the order in which they apply. */
  readonly composeFiles: readonly string[];
  readonly settings?: SubjectSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the interpreter of the image is asked, in a throw-away container. */
  readonly workspace: Workspace;
}

export interface ResolvedSubject {
  readonly subject: Subject;
  /** One sentence for people: why it is this one. */
  readonly why: string;
  /** What keeps an image from being validated; absent where the host was asked for. */
  readonly problem?: string;
  /** What the image's interpreter is, and whether it has pytest; absent for the host, and in an image without Python. */
  readonly python?: ImagePython;
}

/**
 * Decides what is validated: throw-away containers of the image in which the project's pytest runs, with the limits that are
 * declared for it, or this machine.
 *
 * @throws UsageError for a compose file with mistakes, or a service that is not there.
 * @throws SubjectUnavailable where an image was asked for and is not to be had.
 * @throws EngineError where the engine stops answering.
 */
export async function resolveSubject(options: SubjectOptions): Promise<ResolvedSubject> {
  const { engine, settings = {}, composeFiles, env, root } = options;
  const { subject: wanted = 'auto' } = settings;
  if (wanted === 'host') return host('it was asked for');
  const otherwise = (why: string): ResolvedSubject => {
    if (wanted === 'image') throw new SubjectUnavailable(`No image can be validated: ${why}.`);
    return { ...host(why), problem: why };
  };
  const project = composeFiles.length === 0 ? undefined : await readComposeFiles(composeFiles, { env, root });
  const chosen = project === undefined ? undefined : chooseByText(project, settings);
  if (engine === undefined) return otherwise(options.engineProblem ?? 'no container engine answers');
  if (settings.image !== undefined) {
    const image = await findImage(engine, settings.image);
    return image === undefined
      ? otherwise(
          `the engine has no image ${settings.image}, which the configuration names; build or pull it first`,
        )
      : imageSubject(options, { name: settings.image, image, chosen, why: 'the configuration names it' });
  }
  if (project === undefined)
    return otherwise('there is no compose file, and the configuration names no image (project.image)');
  const found = chosen ?? (await chooseByImage(engine, project, options));
  if (found === undefined) return otherwise(nothingFound(project, root));
  const held = await findServiceImage(engine, project, found.service);
  if (held === undefined) {
    const name = imageNamesOf(project, found.service)[0] ?? '';
    return otherwise(
      `the engine has no image ${name} of service ${found.service.name}; get it with: ${howToGetImage(found.service)}`,
    );
  }
  return imageSubject(options, { ...held, chosen: found, why: found.why });
}

function host(why: string): ResolvedSubject {
  return { subject: { kind: 'host' }, why };
}

function chooseByText(project: ComposeProject, { service }: SubjectSettings): ChosenService | undefined {
  return service === undefined ? serviceThatRunsPytest(project) : namedService(project, service);
}

/** One whose image starts pytest; or else, of those that are built here, one whose image has it, or the first. */
async function chooseByImage(
  engine: ContainerEngine,
  project: ComposeProject,
  { root, workspace }: SubjectOptions,
): Promise<ChosenService | undefined> {
  const running = await serviceWhoseImageRunsPytest(engine, project, root);
  if (running !== undefined) return running;
  const built = builtHere(project, root);
  const having: ComposeService[] = [];
  // Where there is one alone, it is asked later.
  for (const service of built.length > 1 ? built : []) {
    const image = (await findServiceImage(engine, project, service))?.image;
    if (image === undefined) continue;
    const candidates = candidatesFor(service, image);
    const pythons = await probePython({ engine, workspace, image: image.id, candidates });
    if (pythons.some(({ pytest }) => pytest !== undefined)) having.push(service);
  }
  return firstOf(having, 'its image has pytest') ?? firstOf(built, 'it is built from this project');
}

function nothingFound({ files }: ComposeProject, root: string): string {
  return (
    `no service of ${files[0] ?? 'the compose files'} runs pytest or is built from ${root}; ` +
    'name one with project.service, or an image with project.image'
  );
}

interface FoundImage {
  readonly name: string;
  readonly image: EngineImage;
  readonly chosen: ChosenService | undefined;
  readonly why: string;
}

async function imageSubject(
  { engine, workspace, settings = {} }: SubjectOptions,
  { name, image, chosen, why }: FoundImage,
): Promise<ResolvedSubject> {
  if (engine === undefined) throw new Error('Expected an engine');
  const service = chosen?.service;
  const { limits, declaredAt } = limitsOf(service, settings.limits);
  const folder = service?.workingFolder?.value ?? image.workingFolder;
  const workingFolder = folder === '' || folder === '/' ? undefined : folder;
  const pythons = await probePython({
    engine,
    workspace,
    image: image.id,
    candidates: settings.python === undefined ? candidatesFor(service, image) : [settings.python],
    ...(workingFolder === undefined ? {} : { workingFolder }),
  });
  const python = pythons.find(({ pytest }) => pytest !== undefined) ?? pythons[0];
  return {
    subject: {
      kind: 'image',
      endpoint: engine.endpoint,
      image: image.id,
      name,
      limits,
      ...(declaredAt === undefined ? {} : { declaredAt }),
      ...(service === undefined ? {} : { service: service.name }),
      ...(python === undefined ? {} : { python: subjectPython(python) }),
      command: commandOf(service, image),
      ...(workingFolder === undefined ? {} : { workingFolder }),
    },
    why: `${why}${withoutPython(python, settings)}`,
    ...(python === undefined ? {} : { python }),
  };
}

function limitsOf(
  service: ComposeService | undefined,
  configured: ContainerLimits | undefined,
): { readonly limits: ContainerLimits; readonly declaredAt?: SourceLocation } {
  const limits = { ...(service === undefined ? {} : declaredLimits(service)), ...configured };
  return service === undefined ? { limits } : { limits, declaredAt: service.at };
}

function subjectPython({ executable, version, pytest = 'none' }: ImagePython): {
  readonly executable: string;
  readonly version: string;
  readonly pytest: string;
} {
  return { executable, version, pytest };
}

/** As the engine puts it together: an entry point of the service takes the command of the image away. */
function commandOf(service: ComposeService | undefined, image: EngineImage): readonly string[] {
  const entrypoint = service?.entrypoint?.value;
  const command = service?.command?.value ?? (entrypoint === undefined ? image.command : []);
  return [...(entrypoint ?? image.entrypoint), ...command];
}

/** An interpreter that the command names knows best; the one beside a `pytest` of a virtual environment is as good. */
function candidatesFor(service: ComposeService | undefined, image: EngineImage): readonly string[] {
  const words = [
    ...(service?.entrypoint?.value ?? image.entrypoint),
    ...(service?.command?.value ?? image.command),
  ];
  const named = words.flatMap((word) => {
    if (/(?:^|\/)python[0-9.]*$/.test(word)) return [word];
    const folder = /^(\/.*\/)(?:pytest|py\.test)$/.exec(word)?.[1];
    return folder === undefined ? [] : [`${folder}python3`, `${folder}python`];
  });
  return [...new Set([...named, 'python3', 'python'])];
}

function withoutPython(python: ImagePython | undefined, { python: named }: SubjectSettings): string {
  if (python === undefined)
    return named === undefined
      ? '; it has no Python'
      : `; it has no interpreter ${named}, which the configuration names`;
  return python.pytest === undefined ? `; its Python ${python.version} has no pytest` : '';
}
