import type { ContainerEngine } from '../model/engine.ts';
import { partsOf } from './connected-engine.ts';
import { EngineError } from './engine-error.ts';

/** An image that the engine has. */
export interface EngineImage {
  /** Such as `sha256:…`: stays the same image whatever its name is given to later. */
  readonly id: string;
  readonly names: readonly string[];
  readonly architecture: string;
  readonly sizeBytes: number;
  readonly user: string;
  readonly workingFolder: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
}

interface Inspected {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Architecture?: string;
  readonly Size?: number;
  readonly Config?: {
    readonly User?: string;
    readonly WorkingDir?: string;
    readonly Entrypoint?: readonly string[] | null;
    readonly Cmd?: readonly string[] | null;
    readonly Env?: readonly string[] | null;
    readonly Labels?: Readonly<Record<string, string>> | null;
  } | null;
}

/**
 * The image of that name or id; `undefined` where the engine does not have it. Nothing is pulled.
 *
 * @throws EngineError
 */
export async function findImage(engine: ContainerEngine, name: string): Promise<EngineImage | undefined> {
  const path = `/images/${name.split('/').map(encodeURIComponent).join('/')}/json`;
  try {
    const image = await partsOf(engine).api.json<Inspected>('GET', path);
    const config = image.Config ?? {};
    return {
      id: image.Id,
      names: image.RepoTags ?? [],
      architecture: image.Architecture ?? 'unknown',
      sizeBytes: image.Size ?? 0,
      user: config.User ?? '',
      workingFolder: config.WorkingDir ?? '',
      entrypoint: config.Entrypoint ?? [],
      command: config.Cmd ?? [],
      env: Object.fromEntries((config.Env ?? []).map(splitVariable)),
      labels: config.Labels ?? {},
    };
  } catch (error) {
    if (error instanceof EngineError && error.status === 404) return undefined;
    throw error;
  }
}

function splitVariable(text: string): [string, string] {
  const at = text.indexOf('=');
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
