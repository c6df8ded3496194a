import { homedir } from 'node:os';
import { nameOfEndpoint, type EngineEndpoint } from '@seaworthy/scenario';
import type { ContainerEngine } from '../model/engine.ts';
import { ConnectedEngine } from './connected-engine.ts';
import { EngineApi } from './engine-api.ts';
import { EngineError, EngineUnavailable, type TriedPlace } from './engine-error.ts';
import { factsFrom, isLocal, type InfoAnswer, type VersionAnswer } from './engine-facts.ts';
import { explainNetworkError } from './explain-failure.ts';
import { enginePlaces } from './engine-places.ts';

export interface ConnectOptions {
  /** Where DOCKER_HOST and the like are looked up; this process's environment by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where `.docker` is looked for; the user's by default. */
  readonly homeFolder?: string;
  /** How long the engine may take for any one answer, ms; 30 s by default. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** Whether there is an engine at all must be known soon: a ping takes a millisecond. */
const LONGEST_PING_MS = 5_000;
/** Docker 19.03: the first with the mounts, limits and events that we use. */
const OLDEST_API = '1.40';
/** What this package was tried with: newer engines are asked in this version. */
const NEWEST_API = '1.51';

/**
 * Connects with the container engine that the user's surroundings name (DOCKER_HOST, a docker context), or else with the
 * first that answers at a usual socket of Docker, rootless Docker, Docker Desktop or Podman.
 *
 * @throws EngineUnavailable with every place that was tried and why it was not it.
 * @throws EngineError where an engine answers and then stops answering.
 */
export async function connectEngine(options: ConnectOptions = {}): Promise<ContainerEngine> {
  const tried: TriedPlace[] = [];
  for (const place of enginePlaces(options.env ?? process.env, options.homeFolder ?? homedir())) {
    if ('problem' in place) {
      tried.push({ place: place.foundBy, problem: place.problem });
      continue;
    }
    try {
      return await connectTo(place.endpoint, options, place.foundBy);
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      tried.push(...error.tried);
    }
  }
  throw new EngineUnavailable(tried);
}

/**
 * Connects with the engine at one place.
 *
 * @throws EngineUnavailable where none answers there, or one that is too old.
 * @throws EngineError where it stops answering.
 */
export async function connectTo(
  endpoint: EngineEndpoint,
  options: Pick<ConnectOptions, 'timeoutMs' | 'signal'> = {},
  foundBy: string = nameOfEndpoint(endpoint),
): Promise<ContainerEngine> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const version = await askVersion(endpoint, Math.min(timeoutMs, LONGEST_PING_MS), foundBy, signal);
  const apiVersion = version.ApiVersion ?? '0';
  if (compareVersions(apiVersion, OLDEST_API) < 0) {
    const what = `the engine there (${version.Version ?? 'of an unknown version'}) is too old: it speaks version ${apiVersion} of Docker's interface`;
    const problem = `${what}, and ${OLDEST_API} (Docker 19.03) or later is needed; update it`;
    throw new EngineUnavailable([{ place: placeOf(endpoint, foundBy), problem, tooOld: true }]);
  }
  const spoken = compareVersions(apiVersion, NEWEST_API) > 0 ? NEWEST_API : apiVersion;
  const api = new EngineApi(endpoint, timeoutMs, spoken);
  const info = await api.json<InfoAnswer>('GET', '/info', signal);
  const facts = factsFrom(version, info, { local: await isLocal(api, info), foundBy });
  return new ConnectedEngine(api, facts, spoken);
}

async function askVersion(
  endpoint: EngineEndpoint,
  timeoutMs: number,
  foundBy: string,
  settings: { signal?: AbortSignal },
): Promise<VersionAnswer> {
  try {
    const version = await new EngineApi(endpoint, timeoutMs).json<VersionAnswer | undefined>(
      'GET',
      '/version',
      settings,
    );
    if (version?.ApiVersion !== undefined) return version;
    throw new Error('what answers there is no container engine');
  } catch (error) {
    settings.signal?.throwIfAborted();
    throw new EngineUnavailable([{ place: placeOf(endpoint, foundBy), problem: problemOf(error as Error) }]);
  }
}

function placeOf(endpoint: EngineEndpoint, foundBy: string): string {
  const name = nameOfEndpoint(endpoint);
  return foundBy === name || foundBy === '' ? name : `${foundBy} (${name})`;
}

/** Short, because the place stands before it. */
function problemOf(error: Error): string {
  return error instanceof EngineError && error.code === 'CONNECTION' && error.cause instanceof Error
    ? explainNetworkError(error.cause)
    : error.message;
}

function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map(Number));
  return (a?.[0] ?? 0) - (b?.[0] ?? 0) || (a?.[1] ?? 0) - (b?.[1] ?? 0);
}
