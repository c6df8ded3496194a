import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What is said of an engine that answers. */
export interface SeenEngine {
  readonly product: 'docker' | 'podman';
  readonly version: string;
  readonly cgroupVersion: 1 | 2;
  readonly foundBy: string;
}

export interface QuickLookOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly homeFolder?: string;
  readonly socket?: string;
}

/** Long for an engine that is there, short for people who wait. */
const PATIENCE_MS = 2_000;
/** Of Docker's interface: what `connectEngine` takes at least. */
const OLDEST_MINOR = 40;

/**
 * The engine at Docker's usual socket, asked without loading any package, which takes longer than the answer. Only where
 * nothing names another place.
 *
 * @returns `undefined` where it is not as simple as that: then look with `connectEngine`, which explains
 */
export async function quickLook(options: QuickLookOptions = {}): Promise<SeenEngine | undefined> {
  const { env = process.env, homeFolder = homedir(), socket = '/var/run/docker.sock' } = options;
  const named = [
    env['DOCKER_HOST'],
    env['DOCKER_CONTEXT'],
    contextIn(env['DOCKER_CONFIG'] ?? join(homeFolder, '.docker')),
  ];
  if (named.some((name) => name !== undefined && name !== '')) return undefined;
  try {
    const [version, info] = await Promise.all(['/version', '/info'].map((path) => ask(socket, path)));
    const { Version, ApiVersion, Components } = version as VersionAnswer;
    const [major = 0, minor = 0] = ApiVersion.split('.').map(Number);
    if (major !== 1 || minor < OLDEST_MINOR) return undefined;
    const isPodman = Components?.some(({ Name }) => Name === 'Podman Engine') === true;
    return {
      product: isPodman ? 'podman' : 'docker',
      version: Version,
      cgroupVersion: (info as { CgroupVersion?: string }).CgroupVersion === '2' ? 2 : 1,
      foundBy: socket,
    };
  } catch {
    return undefined;
  }
}

interface VersionAnswer {
  readonly Version: string;
  readonly ApiVersion: string;
  readonly Components?: readonly { readonly Name?: string }[];
}

function contextIn(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as { currentContext?: string })
      .currentContext;
  } catch {
    return undefined;
  }
}

async function ask(socketPath: string, path: string): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const signal = AbortSignal.timeout(PATIENCE_MS);
  request({ socketPath, path, agent: false, signal }, (response) => void text(response).then(resolve, reject))
    .on('error', reject)
    .end();
  return JSON.parse(await promise) as unknown;
}
