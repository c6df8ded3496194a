import type { IncomingMessage } from 'node:http';
import type { EngineApi } from '../connection/engine-api.ts';
import type { ContainerExit } from '../model/container.ts';
import { readJsonLines } from './json-lines.ts';

export type ContainerEvent = ContainerExit['events'][number];

/** What the engine sends of an event; `timeNano` has more digits than a number holds, so it is taken from the text. */
interface Message {
  readonly Action?: string;
  readonly status?: string;
  readonly Actor?: { readonly Attributes?: Readonly<Record<string, string>> };
}

/**
 * The engine's events of one container from now on, live: a later look would miss some, since an engine keeps only its
 * last 256 for all containers together.
 */
export class ContainerEvents implements Disposable {
  readonly events: ContainerEvent[] = [];
  /** Resolves when no more events come: closed, or the connection broke. */
  readonly ended: Promise<void>;
  readonly #stream: IncomingMessage;
  readonly #listeners = new Set<() => void>();

  private constructor(stream: IncomingMessage) {
    this.#stream = stream;
    this.ended = this.#read().catch(() => {});
  }

  /** @throws EngineError */
  static async open(api: EngineApi, containerId: string): Promise<ContainerEvents> {
    const filters = { type: ['container'], container: [containerId] };
    return new ContainerEvents(await api.open('GET', '/events', { query: { filters } }));
  }

  /** Whether an event of that action came, at the latest after `ms`. */
  async waitFor(action: string, ms: number): Promise<boolean> {
    const seen = (): boolean => this.events.some((event) => event.action === action);
    if (seen()) return true;
    const { promise, resolve } = Promise.withResolvers<void>();
    const listener = (): void => (seen() ? resolve() : undefined);
    this.#listeners.add(listener);
    const timer = setTimeout(resolve, ms);
    await Promise.race([promise, this.ended]);
    clearTimeout(timer);
    this.#listeners.delete(listener);
    return seen();
  }

  [Symbol.dispose](): void {
    this.#stream.destroy();
  }

  async #read(): Promise<void> {
    for await (const line of readJsonLines(this.#stream)) {
      const event = parseEvent(line);
      if (event === undefined) continue;
      this.events.push(event);
      for (const listener of this.#listeners) listener();
    }
  }
}

/** One line of `GET /events`; `undefined` for what is no event. Podman's `died` and `exec_died` read as Docker's names. */
export function parseEvent(line: string): ContainerEvent | undefined {
  let message: Message;
  try {
    message = JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
  const full = message.Action ?? message.status;
  const at = /"timeNano":\s*(\d+)/.exec(line)?.[1];
  if (full === undefined || at === undefined) return undefined;
  const action = full.replace(/:.*/s, '').replace(/^(exec_)?died$/, '$1die');
  return { action, at: BigInt(at), attributes: message.Actor?.Attributes ?? {} };
}
