import { rm } from 'node:fs/promises';
import type { Clock, Workspace } from '@seaworthy/scenario';
import type { collectOnce } from '../collect-once.ts';
import type { CollectionRun } from '../model/collection-run.ts';
import type { ComparedSide } from './collection-comparison.ts';
import type { ComparisonProgress } from './compare-collections.ts';
import type { Side } from './interleaved-order.ts';

/** Of the bytecode of the project. */
export type State = 'cold' | 'warm';

export interface ComparisonMeans {
  readonly collect: typeof collectOnce;
  readonly workspace: Workspace;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: ComparisonProgress) => void) | undefined;
}

export type Sides = Readonly<Record<Side, ComparedSide>>;
/** Runs one side with the bytecode of the project where the comparison wants it. */
export class SideRunner {
  readonly #sides: Sides;
  readonly #means: ComparisonMeans;
  readonly #start: number;
  readonly #warm = new Map<Side, string>();

  constructor(sides: Sides, means: ComparisonMeans, start: number) {
    this.#sides = sides;
    this.#means = means;
    this.#start = start;
  }

  /** Fills the bytecode folder for warm runs, and brings what is on disk into memory. */
  async warmUp(side: Side): Promise<CollectionRun> {
    const folder = await this.#means.workspace.makeFolder(`warm-${side}`);
    this.#warm.set(side, folder);
    return this.#collect(side, folder, 'warm-up', 0);
  }

  async run(side: Side, state: State, pairs: number): Promise<CollectionRun> {
    const warm = this.#warm.get(side);
    if (state === 'warm' && warm !== undefined) return this.#collect(side, warm, state, pairs);
    const folder = await this.#means.workspace.makeFolder(`cold-${side}`);
    try {
      return await this.#collect(side, folder, state, pairs);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  #collect(
    side: Side,
    folder: string,
    state: ComparisonProgress['state'],
    pairs: number,
  ): Promise<CollectionRun> {
    const { collect, workspace, clock, signal, onProgress } = this.#means;
    signal?.throwIfAborted();
    const { name, target, options } = this.#sides[side];
    onProgress?.({ side: name, state, pairs, elapsedMs: clock.now() - this.#start });
    return collect(target, {
      ...options,
      workspace,
      bytecode: { kind: 'private', folder },
      ...(signal === undefined ? {} : { signal }),
    });
  }
}
