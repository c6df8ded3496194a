import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { EnginePlace } from './engine-places.ts';

export interface EngineRequest {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** With its query, without a version of the interface: `/images/json?all=1`. */
  readonly path: string;
  /** An archive, or an object that is sent as JSON. */
  readonly body?: Readable | object;
  /** Without any sign of life for so long it fails; ms. */
  readonly silenceMs?: number;
}

/** The engine said no; `status` is the HTTP status, 404 for what is not there. */
export class EngineRefusal extends Error {
  override name = 'EngineRefusal';
  readonly status: number;
  constructor(message: string, status: number) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks a Docker or Podman engine: a few lines, since these programs run before anything is built.
 *
 * @throws EngineRefusal where it answers with an error; `Error` where it cannot be reached or falls silent.
 */
export async function ask(place: EnginePlace, request: EngineRequest): Promise<http.IncomingMessage> {
  const { method = 'GET', body, path, silenceMs = 600_000 } = request;
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const stream = isStream(body) ? body : undefined;
  const json = body !== undefined && stream === undefined ? JSON.stringify(body) : undefined;
  const options: https.RequestOptions = {
    ...transport(place),
    method,
    path,
    agent: false,
    timeout: silenceMs,
    headers: {
      Host: 'engine',
      ...(stream && { 'Content-Type': 'application/x-tar' }),
      ...(json && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) }),
    },
  };
  const sent = (place.certificates === undefined ? http : https).request(options, resolve);
  sent.on('error', reject);
  sent.on('timeout', () => sent.destroy(new Error(`no answer within ${silenceMs / 1000} s`)));
  if (stream) {
    stream.on('error', (error) => sent.destroy(error));
    stream.pipe(sent);
  } else sent.end(json);
  const response = await promise;
  const status = response.statusCode ?? 0;
  if (status >= 400) throw new EngineRefusal(messageIn(await text(response)), status);
  return response;
}

export async function askJson<Answer>(place: EnginePlace, request: EngineRequest): Promise<Answer> {
  return JSON.parse(await text(await ask(place, request))) as Answer;
}

/** For requests that answer with one JSON message a line, the last of which may say that it failed. */
export async function follow(
  place: EnginePlace,
  request: EngineRequest,
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  for await (const line of createInterface({ input: await ask(place, request) })) {
    if (line.trim() === '') continue;
    const message = JSON.parse(line) as { stream?: string; status?: string; error?: string };
    if (message.error !== undefined) throw new Error(message.error.trim());
    const said = (message.stream ?? message.status ?? '').trim();
    if (said !== '') onLine(said);
  }
}

function isStream(body: EngineRequest['body']): body is Readable {
  return body !== undefined && 'pipe' in body;
}

function transport({ address, certificates }: EnginePlace): https.RequestOptions {
  if (address.startsWith('unix://')) return { socketPath: address.slice('unix://'.length) };
  if (!/^(?:tcp|https?):\/\//.test(address)) throw new Error(`${address} is no unix:// or tcp:// address`);
  const { hostname, port } = new URL(address.replace(/^tcp:/, 'http:'));
  const where = { host: hostname, port: port || (certificates === undefined ? 2375 : 2376) };
  if (certificates === undefined) return where;
  const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map((name) =>
    readFileSync(join(certificates, name)),
  );
  return { ...where, servername: hostname, ca, cert, key };
}

function messageIn(answer: string): string {
  try {
    return (JSON.parse(answer) as { message: string }).message.trim();
  } catch {
    return answer.trim();
  }
}
