import type { MemorySample } from '../../model/recording.ts';

const LEVELS = '▁▂▃▄▅▆▇█';

/** Memory over time in one line of so many columns: the most that was held in each stretch; a space before the first sample. */
export function sparkline(samples: readonly MemorySample[], wallMs: number, columns: number): string {
  const most = samples.reduce((top, { bytes }) => Math.max(top, bytes), 1);
  let next = 0;
  let held: number | undefined;
  const last = samples.at(-1)?.atMs ?? 0;
  let line = '';
  for (let column = 0; column < columns; column += 1) {
    const until = (wallMs * (column + 1)) / columns;
    if ((wallMs * column) / columns > last) break;
    let top = held;
    while (next < samples.length && samples[next]!.atMs <= until) {
      held = samples[next]!.bytes;
      top = Math.max(top ?? 0, held);
      next += 1;
    }
    line += top === undefined ? ' ' : LEVELS[Math.min(7, Math.floor((8 * top) / most))]!;
  }
  return line;
}
