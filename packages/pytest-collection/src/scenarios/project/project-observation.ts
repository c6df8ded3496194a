import type { CollectionOutcome } from '../../model/collection-outcome.ts';
import type {
  FileCost,
  ImportCost,
  PluginCost,
  ProfileCause,
  SmallestLimit,
  WorkerEstimate,
} from '../../model/collection-profile.ts';
import type { PeakMemory } from '../../model/peak-memory.ts';
import type { CollectionError, PhaseRecord } from '../../model/recording.ts';

/** What a judge and a record need of a profile of the project's collection. Paths inside the project are relative to it. */
export interface ProjectObservation {
  readonly python: string;
  readonly pytest: string;
  /** As it can be typed into a shell. */
  readonly command: string;
  /** Whose own files were collected, and in which folder of it; absent where the project's folder of this machine was. */
  readonly image?: { readonly name: string; readonly folder: string };
  readonly outcome: CollectionOutcome;
  readonly tests: { readonly found: number; readonly deselected: number; readonly files: number };
  /** The first run found no bytecode of the project, the second one had it. */
  readonly runs: { readonly cold?: ObservedRun; readonly warm?: ObservedRun };
  readonly files: readonly FileCost[];
  readonly conftests: readonly FileCost[];
  readonly imports: readonly ImportCost[];
  readonly plugins: readonly Omit<PluginCost, 'hooks'>[];
  /** How many there were; the list may hold fewer. */
  readonly errorCount: number;
  readonly errors: readonly CollectionError[];
  readonly causes: readonly ProfileCause[];
  readonly smallestLimit?: SmallestLimit;
  readonly workers?: WorkerEstimate;
  /** Names of files of ours that were collected beside the project's own; empty without a fault. */
  readonly added: readonly string[];
}

export interface ObservedRun {
  readonly wallMs: number;
  readonly cpuMs: number;
  /** Time in which it could have run, but other processes had the processors; `null` where the system does not tell. */
  readonly waitedForCpuMs: number | null;
  readonly peak: { readonly bytes: number; readonly source: PeakMemory['source'] };
  readonly phases: readonly PhaseRecord[];
  readonly pytestSaysMs?: number;
  readonly memory: readonly { readonly atMs: number; readonly bytes: number }[];
}
