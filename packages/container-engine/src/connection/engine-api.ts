import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { addressOfEngine, type EngineAddress, type EngineEndpoint } from '@seaworthy/scenario';
import {
  explainNonsense,
  explainRefusal,
  explainSilence,
  explainTimeout,
  type Asked,
} from './explain-failure.ts';

export interface RequestSettings {
  /** Texts, numbers and booleans as they are; anything else as JSON. */
  readonly query?: Readonly<Record<string, unknown>>;
  /** Sent as JSON, or as a tar archive where it is bytes. */
  readonly body?: object | Uint8Array;
  readonly signal?: AbortSignal;
  /** For the whole answer, or the first part of one that goes on; `Infinity` where something else watches. */
  readonly timeoutMs?: number;
}

/** Asks one engine over its HTTP interface. Every request has a timeout; every failure is an `EngineError`. */
export class EngineApi {
  readonly endpoint: EngineEndpoint;
  readonly timeoutMs: number;
  readonly #address: EngineAddress;
  readonly #prefix: string;

  /** @param version of the interface, such as `1.41`; the engine's newest without it. */
  constructor(endpoint: EngineEndpoint, timeoutMs: number, version?: string) {
    this.endpoint = endpoint;
    this.timeoutMs = timeoutMs;
    this.#address = addressOfEngine(endpoint);
    this.#prefix = version === undefined ? '' : `/v${version}`;
  }

  /**
   * The whole answer as JSON; `undefined` for an empty one.
   *
   * @throws EngineError
   */
  async json<T>(method: string, path: string, settings: RequestSettings = {}): Promise<T> {
    const text = await this.text(method, path, settings);
    try {
      return (text.trim() === '' ? undefined : JSON.parse(text)) as T;
    } catch (error) {
      throw explainNonsense(this.#asked(method, path), error as Error);
    }
  }

  /** @throws EngineError */
  async text(method: string, path: string, settings: RequestSettings = {}): Promise<string> {
    const exchange = this.#send(method, path, settings);
    const text = await exchange.text(await exchange.response());
    exchange.settle();
    return text;
  }

  /**
   * An answer that goes on for as long as it likes.
   *
   * @throws EngineError
   */
  async open(method: string, path: string, settings: RequestSettings = {}): Promise<IncomingMessage> {
    const exchange = this.#send(method, path, settings);
    const response = await exchange.response();
    exchange.settle();
    return response;
  }

  /**
   * Turns the connection into a raw one in both directions, as `attach` does.
   *
   * @throws EngineError
   */
  async upgrade(path: string, settings: RequestSettings = {}): Promise<Duplex> {
    const exchange = this.#send('POST', path, settings, { Connection: 'Upgrade', Upgrade: 'tcp' });
    const socket = await exchange.socket();
    exchange.settle();
    return socket;
  }

  #asked(method: string, path: string): Asked {
    return { endpoint: this.endpoint, request: `${method} ${path.replaceAll(SHORT_ID, '')}` };
  }

  #send(
    method: string,
    path: string,
    settings: RequestSettings,
    headers: Readonly<Record<string, string>> = {},
  ): Exchange {
    const { body, signal, timeoutMs = this.timeoutMs } = settings;
    const bytes = body === undefined || body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
    const sent = (this.#address.secure ? https : http).request({
      ...this.#address.options,
      method,
      path: `${this.#prefix}${path}${queryOf(settings.query)}`,
      agent: false,
      ...(signal === undefined ? {} : { signal }),
      headers: {
        ...headers,
        ...(bytes === undefined
          ? {}
          : {
              'Content-Type': body instanceof Uint8Array ? 'application/x-tar' : 'application/json',
              'Content-Length': bytes.length,
            }),
      },
    });
    const exchange = new Exchange(sent, this.#asked(method, path), timeoutMs);
    sent.end(bytes);
    return exchange;
  }
}

/** Full ids make messages hard to read; engines themselves print so many digits. */
const SHORT_ID = /(?<=[0-9a-f]{12})[0-9a-f]{52}/g;

/** So much later than asked for, a timer tells of a busy or stopped process of ours. */
const LATE_MS = 500;

/** One request on its way: whatever ends it, ends it once and with a reason. */
class Exchange {
  readonly #asked: Asked;
  readonly #answer: Promise<IncomingMessage>;
  readonly #socket: Promise<Duplex>;
  readonly #failure = Promise.withResolvers<never>();
  #timer: NodeJS.Timeout | undefined;

  constructor(sent: ClientRequest, asked: Asked, timeoutMs: number) {
    this.#asked = asked;
    const fail = (error: Error): void =>
      this.#failure.reject(error.name === 'AbortError' ? error : explainSilence(asked, error));
    this.#failure.promise.catch(() => {}); // It may fail when nobody waits any more.
    sent.on('error', fail);
    this.#answer = new Promise((resolve) =>
      sent.once('response', (response) => {
        response.on('error', fail);
        resolve(response);
      }),
    );
    this.#socket = new Promise((resolve) =>
      sent.once('upgrade', (_, socket: Duplex, head: Buffer) => {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      }),
    );
    if (!Number.isFinite(timeoutMs)) return;
    this.#arm(timeoutMs, () => {
      this.#failure.reject(explainTimeout(asked, timeoutMs));
      sent.destroy();
    });
  }

  /** A process that did not get round to its timers may have an answer waiting as well: that is looked at first. */
  #arm(ms: number, onTimeout: () => void): void {
    const due = performance.now() + ms;
    this.#timer = setTimeout(() => {
      if (performance.now() - due > LATE_MS) this.#arm(LATE_MS, onTimeout);
      else onTimeout();
    }, ms);
  }

  /** The beginning of an answer that is no refusal. */
  response(): Promise<IncomingMessage> {
    return this.#orFailure(this.#accepted());
  }

  /** The raw connection. */
  socket(): Promise<Duplex> {
    const refused = this.#accepted().then((response) => {
      response.destroy();
      throw explainRefusal(this.#asked, response.statusCode ?? 0, 'it did not hand the connection over');
    });
    return this.#orFailure(Promise.race([this.#socket, refused]));
  }

  text(response: IncomingMessage): Promise<string> {
    return this.#orFailure(readAll(response));
  }

  /** It is over, or goes on without a limit. */
  settle(): void {
    clearTimeout(this.#timer);
  }

  async #accepted(): Promise<IncomingMessage> {
    const response = await this.#answer;
    const { statusCode = 0 } = response;
    if (statusCode < 400) return response;
    throw explainRefusal(this.#asked, statusCode, await readAll(response));
  }

  async #orFailure<T>(part: Promise<T>): Promise<T> {
    try {
      return await Promise.race([part, this.#failure.promise]);
    } catch (error) {
      this.settle();
      throw error;
    }
  }
}

async function readAll(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function queryOf(query: Readonly<Record<string, unknown>> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    parameters.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters.toString()}`;
}
