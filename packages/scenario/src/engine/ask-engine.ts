import http from 'node:http';
import https from 'node:https';
import type { EngineEndpoint } from '../subject.ts';
import { addressOfEngine, nameOfEndpoint } from './engine-address.ts';
import { EngineSilent } from './engine-silent.ts';

export interface EngineAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * One request to a container engine without any library, for whoever cleans up.
 *
 * @throws EngineSilent where no whole answer comes within `timeoutMs`.
 */
export function askEngine(
  endpoint: EngineEndpoint,
  method: 'GET' | 'DELETE',
  path: string,
  timeoutMs: number,
): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const fail = (cause: Error): void => {
      const place = nameOfEndpoint(endpoint);
      reject(
        new EngineSilent(`The container engine at ${place} does not answer: ${cause.message}`, { cause }),
      );
    };
    let address;
    try {
      address = addressOfEngine(endpoint);
    } catch (error) {
      fail(error as Error);
      return;
    }
    const { request } = address.secure ? https : http;
    const signal = AbortSignal.timeout(timeoutMs);
    const sent = request({ ...address.options, method, path, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', fail);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }),
      );
    });
    sent.on('error', (error) =>
      fail(signal.aborted ? new Error(`no answer within ${timeoutMs} ms`, { cause: error }) : error),
    );
    sent.end();
  });
}
