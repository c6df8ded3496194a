import { createRequire } from 'node:module';
import type Dockerode from 'dockerode';
import { addressOfEngine, type EngineEndpoint } from '@seaworthy/scenario';
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
    const { secure, options } = addressOfEngine(this.endpoint);
    return new Client({
      version: `v${this.#spoken}`,
      timeout: this.api.timeoutMs,
      protocol: secure ? 'https' : 'http',
      ...(options as Dockerode.DockerOptions),
    });
  }
}

/** What our functions need of an engine that may have been made by hand from its facts. */
export function partsOf(engine: ContainerEngine): Pick<ConnectedEngine, 'api' | 'watchdog'> {
  if (engine instanceof ConnectedEngine) return engine;
  const api = new EngineApi(engine.endpoint, 30_000, engine.facts.apiVersion);
  return { api, watchdog: new Watchdog(api) };
}
