import { findImage, probePython } from '@seaworthy/container-engine';
import type { ContainerEngine, EngineImage } from '@seaworthy/container-engine';
import { containerRunner } from '@seaworthy/pytest-collection';
import { UsageError } from '@seaworthy/scenario';
import type { Workspace } from '@seaworthy/scenario';
import { findEngine } from '../subject/find-engine.ts';
import type { Surroundings } from '../surroundings.ts';
import type { CollectionRequest, OpenCollection } from './open-collection.ts';

export interface ImageRequest {
  /** What `--image` names. */
  readonly name: string;
  /** What `--workdir` names: where pytest is started in the image. */
  readonly folder: string | undefined;
  /** The project's folder of this machine stands in for that of the image, read-only. */
  readonly mount: boolean;
}

/**
 * The collection of what lies in an image, in throw-away containers; or what is missing for it, and how to get it.
 *
 * @throws UsageError for an image or a folder in it that is not there.
 */
export async function openImageCollection(
  image: ImageRequest,
  { root, configuration, python: option, args, limit }: CollectionRequest,
  workspace: Workspace,
  surroundings: Surroundings,
): Promise<OpenCollection | { readonly missing: string }> {
  const { engine, problem } = await findEngine(surroundings);
  if (engine === undefined) return { missing: `${problem}; seaworthy doctor tells more.` };
  const found = await demandImage(engine, image.name);
  const folder = folderIn(found, image);
  const candidates = option === undefined ? candidatesOf(found) : [option];
  const pythons = await probePython({ engine, workspace, image: found.id, candidates });
  const python = pythons.find(({ pytest }) => pytest !== undefined) ?? pythons[0];
  if (python === undefined)
    return {
      missing: `the image ${image.name} has no Python interpreter (tried ${candidates.join(', ')}). Name it with --python.`,
    };
  if (python.pytest === undefined)
    return {
      missing: `${python.executable} of the image ${image.name} has no pytest. Name the interpreter that has it with --python, or install pytest in the image.`,
    };
  const runner = await containerRunner({
    engine,
    image: found.id,
    name: image.name,
    python: python.executable,
    workspace,
    signal: surroundings.interruption(),
    ...(limit === undefined ? {} : { limits: { memoryBytes: limit } }),
    ...(image.mount ? { mounts: [{ from: root, to: folder }] } : {}),
  });
  return {
    target: {
      root: folder,
      python: python.executable,
      args: args ?? configuration.values.collection?.args ?? [],
    },
    runner,
  };
}

async function demandImage(engine: ContainerEngine, name: string): Promise<EngineImage> {
  const found = await findImage(engine, name);
  if (found !== undefined) return found;
  throw new UsageError(
    'NO_IMAGE',
    `The container engine has no image ${JSON.stringify(name)}, and nothing is pulled by itself. Build it, or: docker pull ${name}`,
  );
}

function folderIn({ workingFolder }: EngineImage, { name, folder, mount }: ImageRequest): string {
  if (folder !== undefined) return folder;
  if (workingFolder !== '' && workingFolder !== '/') return workingFolder;
  if (mount) return '/project';
  throw new UsageError(
    'NO_FOLDER',
    `The image ${name} has no working folder of its own. Name the project's folder in it with --workdir, or mount the one that is here with --mount`,
  );
}

/** What the image's own command names knows best. */
function candidatesOf({ entrypoint, command }: EngineImage): readonly string[] {
  const named = [...entrypoint, ...command].filter((word) => /(?:^|\/)python[0-9.]*$/.test(word));
  return [...new Set([...named, 'python3', 'python'])];
}
