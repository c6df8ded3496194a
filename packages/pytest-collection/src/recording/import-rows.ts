import type { ImportRecord } from '../model/recording.ts';
import type { Row } from './row.ts';

type Import = Row & { k: 'i' };

/** The imports of a recording, by the numbers that the recorder gave them when they began. */
export class ImportRows {
  readonly #at: (us: number) => number;
  readonly #rows = new Map<number, Import>();

  constructor(at: (us: number) => number) {
    this.#at = at;
  }

  add(row: Import): void {
    this.#rows.set(row.i, row);
  }

  build(): ImportRecord[] {
    const told = [...this.#rows.values()].filter((row) => !isItself(row)).toSorted((a, b) => a.i - b.i);
    const places = new Map(told.map((row, place) => [row.i, place]));
    return told.map((row) => ({
      module: row.n,
      ...(row.f === undefined ? {} : { path: row.f }),
      parent: this.#placeOfParent(row, places),
      atMs: this.#at(row.t),
      wallMs: row.w / 1000,
      cpuMs: row.u / 1000,
      memoryBytes: row.m,
      ...(row.g === undefined || row.g === 0 ? {} : { gcMs: row.g / 1000 }),
      ...(row.s === undefined ? {} : { selfMs: Math.max(0, row.s / 1000) }),
      ...(row.in === undefined ? {} : { within: row.in }),
    }));
  }

  #placeOfParent(row: Import, places: ReadonlyMap<number, number>): number {
    let parent = this.#rows.get(row.p);
    while (parent !== undefined && isItself(parent)) parent = this.#rows.get(parent.p);
    return parent === undefined ? -1 : (places.get(parent.i) ?? -1);
  }
}

/** pytest imports the test file too: that is no import within it. */
function isItself(row: Import): boolean {
  return row.f !== undefined && row.f === row.in;
}
