import type { Readable, Writable } from 'node:stream';
import { atMost } from '../pressure/at-most.ts';
import { KeeperGone } from './keeper-gone.ts';
import { parseKeeperLine, type KeeperLine } from './keeper-line.ts';
import { readLines } from './lines.ts';

/** Under a quota that others use up, or on a machine that swaps, seconds are usual. */
const ANSWER_WITHIN_MS = 30_000;

interface Asked {
  resolve(line: KeeperLine): void;
  reject(problem: Error): void;
}

/** Numbered questions and their answers over two streams. After the end of either every question is rejected. */
export class Conversation {
  /** When the other side is heard no more. */
  readonly over: Promise<void>;
  readonly #patienceMs: number;
  readonly #stdin: Writable;
  readonly #asked = new Map<number, Asked>();
  readonly #event: (line: KeeperLine) => void;
  #next = 1;
  #ended = false;
  #end!: () => void;
  /** What it said that is no line of a keeper: why an interpreter did not start, say. */
  #noise = '';

  /** @param patienceMs for answers of the keeper itself, not of its victims. */
  constructor(
    stdin: Writable,
    stdout: Readable,
    event: (line: KeeperLine) => void,
    patienceMs: number = ANSWER_WITHIN_MS,
  ) {
    this.#patienceMs = patienceMs;
    this.#stdin = stdin;
    this.#event = event;
    this.over = new Promise((resolve) => (this.#end = resolve));
    stdin.on('error', () => undefined); // EPIPE: the end of the output says the same.
    readLines(
      stdout,
      (text) => this.#hear(text),
      () => this.close(),
    );
  }

  /**
   * What the keeper does itself, which is never long: one that hangs must not hold up whoever asks.
   *
   * @throws KeeperGone, also where no answer comes in time
   */
  async askSoon(...words: readonly (string | number)[]): Promise<KeeperLine> {
    const answer = await atMost(this.ask(...words), this.#patienceMs);
    if (answer !== undefined) return answer;
    throw new KeeperGone(
      `The keeper of the sandbox does not answer: ${words[0]} took over ${this.#patienceMs} ms`,
    );
  }

  /** @throws KeeperGone */
  ask(...words: readonly (string | number)[]): Promise<KeeperLine> {
    if (this.#ended) return Promise.reject(this.gone());
    const number = this.#next++;
    return new Promise((resolve, reject) => {
      this.#asked.set(number, { resolve, reject });
      this.#stdin.write(`${[number, ...words].join(' ')}\n`);
    });
  }

  /** Ends what it hears: the keeper then ends all victims and itself. */
  hangUp(): void {
    this.#stdin.end();
  }

  #hear(text: string): void {
    const line = parseKeeperLine(text);
    if (line === undefined) this.#noise = `${this.#noise}${text}\n`.slice(-2000);
    else if (line.re === undefined) this.#event(line);
    else {
      const asked = this.#asked.get(line.re);
      this.#asked.delete(line.re);
      asked?.resolve(line);
    }
  }

  /** Nothing more is expected of the other side. */
  close(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const { reject } of this.#asked.values()) reject(this.gone());
    this.#asked.clear();
    this.#end();
  }

  /** What whoever asks now is told. */
  gone(): KeeperGone {
    const said = this.#noise.trim();
    return new KeeperGone(`The keeper of the sandbox is gone${said === '' ? '' : `, it said: ${said}`}`);
  }
}
