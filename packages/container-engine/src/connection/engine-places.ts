import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { EngineEndpoint } from '@seaworthy/scenario';
import { currentContext, endpointOfContext, tlsFiles } from './docker-context.ts';
import { endpointOf } from './parse-host.ts';

/** Where an engine may be, or why it cannot be reached there. */
export type EnginePlace = { readonly foundBy: string } & (
  { readonly endpoint: EngineEndpoint } | { readonly problem: string }
);

/**
 * Where to look for an engine, in order. What the user names stands alone, as for the Docker client: DOCKER_HOST,
 * DOCKER_CONTEXT, the current context. Otherwise the usual sockets of Docker, rootless Docker, Docker Desktop, Podman.
 */
export function enginePlaces(
  env: Readonly<Record<string, string | undefined>>,
  homeFolder: string,
): EnginePlace[] {
  const configFolder = env['DOCKER_CONFIG'] ?? join(homeFolder, '.docker');
  const host = env['DOCKER_HOST'];
  if (host !== undefined && host !== '') {
    const secure = (env['DOCKER_TLS_VERIFY'] ?? '') !== '' || env['DOCKER_TLS'] !== undefined;
    const tls = secure ? (tlsFiles(env['DOCKER_CERT_PATH'] ?? configFolder) ?? {}) : undefined;
    return [place(`DOCKER_HOST`, () => endpointOf(host, tls))];
  }
  const named = env['DOCKER_CONTEXT'] ?? '';
  const context = named === '' ? currentContext(configFolder) : named === 'default' ? undefined : named;
  if (context !== undefined) {
    return [place(`context ${context}`, () => endpointOfContext(configFolder, context))];
  }
  return usualSockets(env, homeFolder).map((path) => ({
    foundBy: path,
    endpoint: { kind: 'socket', path },
  }));
}

function usualSockets(env: Readonly<Record<string, string | undefined>>, homeFolder: string): string[] {
  const runtime = env['XDG_RUNTIME_DIR'] ?? `/run/user/${userInfo().uid}`;
  return [
    '/var/run/docker.sock',
    join(runtime, 'docker.sock'),
    join(homeFolder, '.docker/run/docker.sock'),
    join(homeFolder, '.docker/desktop/docker.sock'),
    join(homeFolder, '.colima/default/docker.sock'),
    join(homeFolder, '.rd/docker.sock'),
    join(runtime, 'podman/podman.sock'),
    '/run/podman/podman.sock',
  ];
}

function place(foundBy: string, find: () => EngineEndpoint): EnginePlace {
  try {
    return { foundBy, endpoint: find() };
  } catch (error) {
    return { foundBy, problem: (error as Error).message };
  }
}
