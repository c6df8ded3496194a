/** The memory of this machine, bytes: what a budget is made of. */
export interface MachineMemory {
  readonly totalBytes: number;
  /** What can be had without swapping, as the kernel estimates it. */
  readonly availableBytes: number;
  /** The smallest limit that a cgroup around this process sets, and the folder of that cgroup. */
  readonly limit?: { readonly bytes: number; readonly folder: string };
  /** So much is to stay free, whatever happens, where that is more than the usual floor. */
  readonly keepFreeBytes?: number;
}

/** What a neighbour outside of the sandbox noticed. */
export interface CanaryVerdict {
  /** It lived until it was asked. */
  readonly alive: boolean;
  /** Times that it woke up, allocated and touched memory. */
  readonly ticks: number;
  /** The latest that it woke up after it should have, ms; and the 95th percentile. */
  readonly longestStallMs: number;
  readonly usualStallMs: number;
  /** Of its allocations, those that failed. */
  readonly refusedAllocations: number;
}

/** A neighbour that must not notice what happens in a sandbox. */
export interface Canary extends AsyncDisposable {
  readonly pid: number;
  verdict(): CanaryVerdict;
  /** Does nothing once it has ended: its number may be another's by then. */
  kill(signal: NodeJS.Signals): void;
}

/** What a run could leave on a machine, at one moment. */
export interface HostReceipt {
  /** Bytes. */
  readonly availableBytes: number;
  /** Free bytes of the file system of temporary files. */
  readonly temporaryFreeBytes: number;
  /** Mount points in folders of ours; absent, as the lists below, where they cannot be seen (there is no /proc). */
  readonly mounts?: readonly string[];
  /** Folders of cgroups that are called as ours. */
  readonly cgroups?: readonly string[];
  /** Folders for temporary files that are called as ours. */
  readonly folders: readonly string[];
  /** Processes with our mark, such as `4711 python3 keeper.py`. */
  readonly processes?: readonly string[];
  /** Names, with our label; absent where no engine was asked. */
  readonly containers?: readonly string[];
  readonly networks?: readonly string[];
  readonly volumes?: readonly string[];
}
