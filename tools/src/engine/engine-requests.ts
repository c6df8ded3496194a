import * as http from 'node:http';
import * as https from 'node:https';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { addressOfEngine, type EngineEndpoint } from '@seaworthy/scenario';

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
 * Asks a Docker or Podman engine for what no package has a function for: building, importing and exporting images.
 *
 * @throws EngineRefusal where it answers with an error; `Error` where it cannot be reached or falls silent.
 */
export async function ask(endpoint: EngineEndpoint, request: EngineRequest): Promise<http.IncomingMessage> {
  const { method = 'GET', body, path, silenceMs = 600_000 } = request;
  const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
  const stream = isStream(body) ? body : undefined;
  const json = body !== undefined && stream === undefined ? JSON.stringify(body) : undefined;
  const address = addressOfEngine(endpoint);
  const options: https.RequestOptions = {
    ...address.options,
    method,
    path,
    agent: false,
    timeout: silenceMs,
    headers: {
      ...(stream && { 'Content-Type': 'application/x-tar' }),
      ...(json && { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(json) }),
    },
  };
  const sent = (address.secure ? https : http).request(options, resolve);
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

export async function askJson<Answer>(endpoint: EngineEndpoint, request: EngineRequest): Promise<Answer> {
  return JSON.parse(await text(await ask(endpoint, request))) as Answer;
}

/** For requests that answer with one JSON message a line, the last of which may say that it failed. */
export async function follow(
  endpoint: EngineEndpoint,
  request: EngineRequest,
  onLine: (line: string) => void = () => undefined,
): Promise<void> {
  for await (const line of createInterface({ input: await ask(endpoint, request) })) {
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

function messageIn(answer: string): string {
  try {
    return (JSON.parse(answer) as { message: string }).message.trim();
  } catch {
    return answer.trim();
  }
}
