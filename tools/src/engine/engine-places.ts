import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A place where a container engine may answer. */
export interface EnginePlace {
  /** What led to it: `DOCKER_HOST`, `docker context NAME`, or the path of a socket. */
  readonly name: string;
  /** As in DOCKER_HOST: `unix:///var/run/docker.sock`, `tcp://127.0.0.1:2375`. */
  readonly address: string;
  /** Folder of `ca.pem`, `cert.pem` and `key.pem`, where it is spoken to through TLS. */
  readonly certificates?: string;
}

export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly homeFolder: string;
}

/** Where Docker's daemon listens unless it is told otherwise. */
export const usualSocket = '/var/run/docker.sock';

/** Where to ask, best first. DOCKER_HOST is the only place where it is set: it is what the tests will ask, too. */
export function enginePlaces(surroundings: Surroundings): EnginePlace[] {
  const { env, homeFolder } = surroundings;
  const host = env['DOCKER_HOST'];
  if (host) {
    const certificates = env['DOCKER_TLS_VERIFY']
      ? { certificates: env['DOCKER_CERT_PATH'] ?? join(homeFolder, '.docker') }
      : {};
    return [{ name: 'DOCKER_HOST', address: host, ...certificates }];
  }
  const runtime = env['XDG_RUNTIME_DIR'];
  const sockets = [
    usualSocket,
    ...(runtime ? [join(runtime, 'docker.sock')] : []),
    join(homeFolder, '.docker/run/docker.sock'),
    ...(runtime ? [join(runtime, 'podman/podman.sock')] : []),
    '/run/podman/podman.sock',
  ];
  const context = contextPlace(surroundings);
  const places = sockets
    .filter((socket) => existsSync(socket))
    .map((socket) => ({ name: socket, address: `unix://${socket}` }));
  return context === undefined ? places : [context, ...places];
}

interface ContextMetadata {
  readonly Endpoints?: { readonly docker?: { readonly Host?: string } };
}

/** The endpoint of the context that the `docker` command uses; `default` is none. */
function contextPlace({ env, homeFolder }: Surroundings): EnginePlace | undefined {
  const folder = env['DOCKER_CONFIG'] ?? join(homeFolder, '.docker');
  const configuration = readJson<{ currentContext?: string }>(join(folder, 'config.json'));
  const context = env['DOCKER_CONTEXT'] || configuration?.currentContext;
  if (!context || context === 'default') return undefined;
  const id = createHash('sha256').update(context).digest('hex');
  const metadata = readJson<ContextMetadata>(join(folder, 'contexts/meta', id, 'meta.json'));
  const address = metadata?.Endpoints?.docker?.Host;
  if (address === undefined) return undefined;
  const certificates = join(folder, 'contexts/tls', id, 'docker');
  const name = `docker context ${context}`;
  return existsSync(certificates) ? { name, address, certificates } : { name, address };
}

function readJson<Content>(file: string): Content | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Content;
  } catch {
    return undefined;
  }
}
