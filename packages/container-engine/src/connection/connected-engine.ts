import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type Dockerode from 'dockerode';
import type { EngineEndpoint } from '@seaworthy/scenario';
import type { ContainerEngine, EngineFacts } from '../model/engine.ts';
import { EngineApi } from './engine-api.ts';
import { Watchdog } from './watchdog.ts';

const require = createRequire(import.meta.url);

/** An engine that answered, with what our own functions need of it. */
export class ConnectedEngine implements ContainerEngine {
  readonly endpoint: EngineEndpoint;
  readonly facts: EngineFacts;
  readonly api: EngineApi;
  readonly watchdog: Watchdog;
  readonly #spoken: string;
  #client: Dockerode | undefined;

  /** @param spoken version of the interface in which it is asked. */
  constructor(api: EngineApi, facts: EngineFacts, spoken: string) {
    this.api = api;
    this.endpoint = api.endpoint;
    this.facts = facts;
    this.watchdog = new Watchdog(api);
    this.#spoken = spoken;
  }

  /** Made when it is first asked for: loading the library takes longer than connecting. */
  get client(): Dockerode {
    return (this.#client ??= this.#makeClient());
  }

  #makeClient(): Dockerode {
    const Client = require('dockerode') as typeof Dockerode;
    const options = { version: `v${this.#spoken}`, timeout: this.api.timeoutMs };
    if (this.endpoint.kind === 'socket') return new Client({ ...options, socketPath: this.endpoint.path });
    const { host, port, tls } = this.endpoint;
    const read = (file: string | undefined): Buffer | undefined =>
      file === undefined ? undefined : readFileSync(file);
    const pems = { ca: read(tls?.ca), cert: read(tls?.cert), key: read(tls?.key) };
    const given = Object.fromEntries(Object.entries(pems).filter(([, pem]) => pem !== undefined));
    return new Client({ ...options, host, port, protocol: tls === undefined ? 'http' : 'https', ...given });
  }
}

/** What our functions need of an engine that may have been made by hand from its facts. */
export function partsOf(engine: ContainerEngine): Pick<ConnectedEngine, 'api' | 'watchdog'> {
  if (engine instanceof ConnectedEngine) return engine;
  const api = new EngineApi(engine.endpoint, 30_000, engine.facts.apiVersion);
  return { api, watchdog: new Watchdog(api) };
}
