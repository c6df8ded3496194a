import type { Workspace } from '@seaworthy/scenario';
import type { CollectionProgress } from '../model/collect-options.ts';
import type { CollectionRunner } from '../model/collection-runner.ts';
import type { MachineFacts } from './machine-facts.ts';

export interface ProfileOptions {
  /** Where processes and folders are made. Default: one of its own, gone when the call returns. */
  readonly workspace?: Workspace;
  /** Where pytest runs. Default: this machine, without a limit of memory. */
  readonly runner?: CollectionRunner;
  /** Ends everything; the call then rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Of each run, ms. Default: 10 minutes. */
  readonly timeoutMs?: number;
  readonly onProgress?: (progress: ProfileProgress) => void;
  /** Collects again without the dearest plugins, in interleaved pairs of runs. Default: no. */
  readonly verifyPlugins?: boolean | { readonly most?: number; readonly pairs?: number };
  /** Looks for the smallest memory limit under which collection passes, by bisection. Default: no. */
  readonly smallestLimit?: boolean;
  /** The memory limit that workers of pytest-xdist must fit into, bytes. Default: that of the control group, or the machine's memory. */
  readonly limitBytes?: number;
  /**
   * What the place where pytest runs is like. Default: read there, in a container by a program of ours. `unknown`: no cause is
   * concluded from it.
   */
  readonly machine?: MachineFacts | 'unknown';
  /** Default: the system's. */
  readonly now?: () => Date;
}

/** What is being done, for a person who waits. */
export interface ProfileProgress {
  readonly step: 'cold' | 'warm' | 'hooks' | 'plugins' | 'limit' | 'facts';
  /** Such as `collecting, cold`. */
  readonly text: string;
  /** Runs made so far in this step, and how many it takes, where that is known. */
  readonly done?: number;
  readonly of?: number;
  /** Of the run that is going on. */
  readonly run?: CollectionProgress;
}
