import type { Curve, HeldLevel } from '../model/exhaustion.ts';
import type { Gauge, GaugeReading } from '../model/gauge.ts';

/** Enough for a curve that people look at; more would only fill records. */
const MOST_POINTS = 600;

/** Reads a gauge and keeps how one value went. */
export class Course {
  readonly startedAt: number = performance.now();
  last: GaugeReading | undefined;
  highest = 0;
  readonly #gauge: Gauge;
  readonly #value: (reading: GaugeReading) => number | undefined;
  #points: [number, number][] = [];
  #held: number[] | undefined;
  #heldSince = 0;

  constructor(gauge: Gauge, value: (reading: GaugeReading) => number | undefined) {
    this.#gauge = gauge;
    this.#value = value;
  }

  /** ms since it began. */
  get now(): number {
    return performance.now() - this.startedAt;
  }

  /** Reads the gauge; the value, or 0 where the gauge cannot tell it. */
  async read(): Promise<number> {
    this.last = await this.#gauge.read();
    return this.add(this.#value(this.last) ?? 0);
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
