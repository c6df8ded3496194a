import type { MeasureContext } from './scenario.ts';

/** Pressure that one group can make and another group's scenario wants beside what it watches. */
export interface Load {
  /** For people, such as `500 MB of memory`. */
  readonly name: string;
  /** Starts it; resolves once it is on its way. */
  start(context: Pick<MeasureContext, 'environment' | 'workspace' | 'signal'>): Promise<RunningLoad>;
}

/** Disposing of it ends it and gives back all that it took. */
export interface RunningLoad extends AsyncDisposable {
  /** Resolves when the level that it is for is reached, with what was measured; or with why it was not. */
  readonly reached: Promise<{ readonly reached: boolean; readonly evidence: string }>;
  /** Resolves when it ended by itself (a collection does, pressure does not). */
  readonly ended: Promise<void>;
}
