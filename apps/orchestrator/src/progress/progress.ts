import type { RunEvent } from '@seaworthy/scenario';
import { formatScenarioLine } from '@seaworthy/reports';
import type { Style } from '../options/style.ts';
import type { Output } from '../surroundings.ts';
import { HeartbeatLog } from './heartbeat-log.ts';
import { LiveArea } from './live-area.ts';
import { RunningScenarios } from './running-scenarios.ts';

/** Where finished lines go while something else is shown below them, or nothing is. */
export interface ProgressView extends Disposable {
  /** Prints a line that stays. */
  line(text: string): void;
}

export interface Progress extends ProgressView {
  onEvent(event: RunEvent): void;
}

export interface ProgressOptions {
  readonly output: Output;
  readonly style: Style;
  /** How many scenarios (or faults) there are to run. */
  readonly total: number;
  readonly now: () => Date;
  /** Of the longest id, so that times stay in their column. */
  readonly idWidth?: number;
  /** The line for a finished scenario; `undefined` prints none. */
  readonly finishedLine?: (event: RunEvent & { kind: 'finished' }) => string | undefined;
}

/**
 * Tells a human what is going on: on a terminal with a live area below the finished lines, elsewhere with a line for each
 * finished scenario and a sign of life when nothing finishes for long.
 */
export function showProgress(options: ProgressOptions): Progress {
  const { output, style, total, now } = options;
  const running = new RunningScenarios(total, now);
  const view: ProgressView = style.live
    ? new LiveArea(output, () => running.lines())
    : new HeartbeatLog(output, () => running.lines());
  const finishedLine =
    options.finishedLine ??
    (({ result }) =>
      formatScenarioLine(result, {
        color: style.color,
        width: style.width,
        ...(options.idWidth === undefined ? {} : { idWidth: options.idWidth }),
      }));
  return {
    line: (text) => view.line(text),
    onEvent(event) {
      running.follow(event);
      if (event.kind !== 'finished') return;
      const line = finishedLine(event);
      if (line !== undefined) view.line(line);
    },
    [Symbol.dispose]: () => view[Symbol.dispose](),
  };
}
