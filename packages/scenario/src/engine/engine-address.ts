import { readFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import type { EngineEndpoint } from '../subject.ts';

/** The options with which `http.request` or, where `secure`, `https.request` reaches an engine. */
export interface EngineAddress {
  readonly secure: boolean;
  readonly options: RequestOptions;
}

/**
 * How to reach an engine with Node's own client.
 *
 * @throws where a PEM file of the endpoint cannot be read.
 */
export function addressOfEngine(endpoint: EngineEndpoint): EngineAddress {
  if (endpoint.kind === 'socket') return { secure: false, options: { socketPath: endpoint.path } };
  const { host, port, tls } = endpoint;
  const read = (file: string | undefined): Buffer | undefined =>
    file === undefined ? undefined : readFileSync(file);
  const pems = { ca: read(tls?.ca), cert: read(tls?.cert), key: read(tls?.key) };
  const given = Object.fromEntries(Object.entries(pems).filter(([, pem]) => pem !== undefined));
  return { secure: tls !== undefined, options: { host, port, ...given } };
}

/** For people: `/var/run/docker.sock`, `tcp://builder:2376`. */
export function nameOfEndpoint(endpoint: EngineEndpoint): string {
  return endpoint.kind === 'socket' ? endpoint.path : `tcp://${endpoint.host}:${endpoint.port}`;
}
