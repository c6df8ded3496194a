import type { Curve, HeldLevel } from '../model/exhaustion.ts';
import type { Gauge, GaugeReading } from '../model/gauge.ts';
import { FiguresGone } from './figures-gone.ts';

/** Enough for a curve that people look at; more would only fill records. */
const MOST_POINTS = 600;

/** Reads a gauge and keeps how one value went. */
export class Course {
  readonly startedAt: number = performance.now();
  last: GaugeReading | undefined;
  highest = 0;
  readonly #gauge: Gauge;
  readonly #value: (reading: GaugeReading) => number | undefined;
  readonly #what: string;
  #points: [number, number][] = [];
  #held: number[] | undefined;
  #heldSince = 0;

  /** @param what the value is of, such as `memory`. */
  constructor(gauge: Gauge, value: (reading: GaugeReading) => number | undefined, what: string) {
    this.#gauge = gauge;
    this.#value = value;
    this.#what = what;
  }

  /** ms since it began. */
  get now(): number {
    return performance.now() - this.startedAt;
  }

  /**
   * Reads the gauge.
   *
   * @throws FiguresGone where it cannot tell the value: whoever steers by it must not take that for 0.
   */
  async read(): Promise<number> {
    const value = await this.look();
    if (value === undefined) throw new FiguresGone(this.#what);
    return value;
  }

  /** Reads the gauge; `undefined`, and nothing in the curve, where it cannot tell the value. */
  async look(): Promise<number | undefined> {
    this.last = await this.#gauge.read();
    const value = this.#value(this.last);
    return value === undefined ? undefined : this.add(value);
  }

  add(value: number): number {
    this.highest = Math.max(this.highest, value);
    this.#held?.push(value);
    this.#points.push([Math.round(this.now * 10) / 10, value]);
    // Every second point goes, but the last one stays.
    if (this.#points.length > MOST_POINTS * 2) this.#points = this.#points.filter((_, at) => at % 2 === 1);
    return value;
  }

  /** From now on samples are those of a held level. */
  hold(): void {
    this.#held = [];
    this.#heldSince = performance.now();
  }

  heldLevel(): HeldLevel | undefined {
    const samples = this.#held;
    if (samples === undefined || samples.length === 0) return undefined;
    return {
      ms: Math.round(performance.now() - this.#heldSince),
      samples: samples.length,
      min: Math.min(...samples),
      mean: samples.reduce((sum, one) => sum + one, 0) / samples.length,
      max: Math.max(...samples),
    };
  }

  get curve(): Curve {
    const every = Math.ceil(this.#points.length / MOST_POINTS);
    return this.#points.filter(([, value], at) => at % every === 0 || value === this.highest);
  }
}
