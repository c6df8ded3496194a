/**
 * Controllers that we read or set. Version 1 gives each a hierarchy (and so a folder) of its own. `cpuacct` is version 1's
 * account of CPU time, which may be mounted apart from `cpu`; version 2 has it in `cpu`.
 */
export type Controller = 'memory' | 'cpu' | 'pids' | 'cpuacct';

/** One control group as it lies in the file system of this machine. */
export interface Cgroup {
  readonly version: 1 | 2;
  /** Absolute folder of each controller that is there; the same folder for all in version 2. */
  readonly folders: Readonly<Partial<Record<Controller, string>>>;
  /** Where each hierarchy is mounted: no cgroup above it can be seen from here. */
  readonly tops: Readonly<Partial<Record<Controller, string>>>;
}
