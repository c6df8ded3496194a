import type { Paint } from './paint.ts';

/** What text is laid out on. */
export interface Page {
  readonly paint: Paint;
  readonly columns: number;
}
