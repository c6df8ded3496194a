import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import type { OwnedContainer } from '@seaworthy/container-engine';

/** What python/collect_in_container.py says, a line each. */
export type Said =
  | {
      readonly k: 'started';
      readonly pid: number;
      readonly own: number;
      readonly at: number;
      /** CPU time that the program itself had used by then, ns. */
      readonly used: number;
    }
  | { readonly k: 'problem'; readonly at: string; readonly errno: number; readonly what: string }
  | { readonly k: 'ended'; readonly at: number; readonly code?: number; readonly signal?: number }
  /** When the first signal that is meant for the whole group was sent to it. */
  | { readonly k: 'signalled'; readonly at: number }
  | { readonly k: 'left'; readonly commands: readonly string[] };

/** The conversation with the program that watches over a collection in its container. */
export class ContainerVoice {
  readonly #container: OwnedContainer;
  readonly #heard = {
    started: Promise.withResolvers<(Said & { k: 'started' | 'problem' }) | undefined>(),
    ended: Promise.withResolvers<(Said & { k: 'ended' }) | undefined>(),
    signalled: Promise.withResolvers<(Said & { k: 'signalled' }) | undefined>(),
    left: Promise.withResolvers<(Said & { k: 'left' }) | undefined>(),
  };
  /** What else came: of an interpreter that could not run the program at all. */
  #errors = '';

  constructor(container: OwnedContainer) {
    this.#container = container;
    container.stdin?.on('error', () => {}); // The container is gone; how it ended says why.
    container.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#errors = `${this.#errors}${text}`.slice(-4096);
    });
    const lines = createInterface({ input: container.stdout });
    lines.on('line', (line) => this.#hear(line));
    lines.on('close', () => {
      for (const one of Object.values(this.#heard)) one.resolve(undefined);
    });
  }

  /** Each is `undefined` where the container ended without a word of it. */
  get started(): Promise<(Said & { k: 'started' | 'problem' }) | undefined> {
    return this.#heard.started.promise;
  }

  get ended(): Promise<(Said & { k: 'ended' }) | undefined> {
    return this.#heard.ended.promise;
  }

  /** Of the first signal; `undefined` also where the command had ended before it came. */
  get signalled(): Promise<(Said & { k: 'signalled' }) | undefined> {
    return this.#heard.signalled.promise;
  }

  get errors(): string {
    return this.#errors.trim();
  }

  signal(name: NodeJS.Signals | number, pid?: number): void {
    const number = typeof name === 'number' ? name : constants.signals[name];
    this.#say(`signal ${number}${pid === undefined ? '' : ` ${pid}`}`);
  }

  /** Ends what is left of the run. Resolves with the commands of what did not end by itself. */
  async finish(): Promise<readonly string[]> {
    this.#say('finish');
    return (await this.#heard.left.promise)?.commands ?? [];
  }

  #say(line: string): void {
    const { stdin } = this.#container;
    if (stdin?.writable === true) stdin.write(`${line}\n`);
  }

  #hear(line: string): void {
    let said: Said;
    try {
      said = JSON.parse(line) as Said;
    } catch {
      return; // Nobody else writes there; a line that was cut at the end of the container.
    }
    if (said.k === 'started' || said.k === 'problem') this.#heard.started.resolve(said);
    else if (said.k === 'ended') {
      this.#heard.ended.resolve(said);
      this.#heard.signalled.resolve(undefined);
    } else if (said.k === 'signalled') this.#heard.signalled.resolve(said);
    else if (said.k === 'left') this.#heard.left.resolve(said);
  }
}
