import { relative } from 'node:path';
import type { CollectionProgress, ComparisonProgress, ProfileProgress } from '@seaworthy/pytest-collection';
import { formatDuration, formatQuantity, printable } from '@seaworthy/reports';
import { styleFor } from '../options/style.ts';
import { HeartbeatLog } from '../progress/heartbeat-log.ts';
import { LiveArea } from '../progress/live-area.ts';
import type { Surroundings } from '../surroundings.ts';

/** What a collection is at: on a terminal in one line that is drawn again, elsewhere as a sign of life every 10 s. */
export class CollectProgress implements Disposable {
  readonly #view: Disposable;
  readonly #root: string;
  #line: string;

  constructor(root: string, surroundings: Pick<Surroundings, 'stderr' | 'env'>, line: string) {
    const { stderr } = surroundings;
    this.#root = root;
    this.#line = line;
    const lines = (): readonly string[] => [this.#line];
    this.#view = styleFor(stderr, surroundings, undefined).live
      ? new LiveArea(stderr, lines)
      : new HeartbeatLog(stderr, lines);
  }

  say(text: string): void {
    this.#line = printable(text);
  }

  ofProfile({ text, done, of, run }: ProfileProgress): void {
    const count =
      done === undefined
        ? ''
        : of === undefined
          ? ` (${String(done)})`
          : ` (${String(done)} of ${String(of)})`;
    this.say(`${text}${count}${run === undefined ? '' : `: ${this.#ofRun(run)}`}`);
  }

  ofComparison({ side, state, pairs, elapsedMs }: ComparisonProgress): void {
    const what = state === 'warm-up' ? 'warming up' : `${state}, ${String(pairs)} pairs done`;
    this.say(`comparing: ${side}, ${what}, ${seconds(elapsedMs)}`);
  }

  [Symbol.dispose](): void {
    this.#view[Symbol.dispose]();
  }

  #ofRun({ elapsedMs, at, files, items, memoryBytes }: CollectionProgress): string {
    const memory = formatQuantity({ value: memoryBytes, unit: 'bytes' });
    const place = at.path === undefined ? '' : `, at ${relative(this.#root, at.path) || '.'}`;
    return `${counted(items, 'test')} in ${counted(files, 'file')}, ${memory}, ${seconds(elapsedMs)}${place}`;
  }
}

function seconds(ms: number): string {
  return ms < 1000 ? 'less than a second' : formatDuration(Math.round(ms / 1000) * 1000);
}

function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
