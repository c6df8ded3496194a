import type { Readable, Writable } from 'node:stream';
import { KeeperGone } from './keeper-gone.ts';
import { parseKeeperLine, type KeeperLine } from './keeper-line.ts';
import { readLines } from './lines.ts';

interface Asked {
  resolve(line: KeeperLine): void;
  reject(problem: Error): void;
}

/** Numbered questions and their answers over two streams. After the end of either every question is rejected. */
export class Conversation {
  /** When the other side is heard no more. */
  readonly over: Promise<void>;
  readonly #stdin: Writable;
  readonly #asked = new Map<number, Asked>();
  readonly #event: (line: KeeperLine) => void;
  #next = 1;
  #ended = false;
  #end!: () => void;
  /** What it said that is no line of a keeper: why an interpreter did not start, say. */
  #noise = '';

  constructor(stdin: Writable, stdout: Readable, event: (line: KeeperLine) => void) {
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
