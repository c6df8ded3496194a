import type { CpuFigures, MemoryFigures, MemoryKills, PidFigures } from '@seaworthy/cgroups';

/** Figures of a sandbox, taken from outside the victims. What the tier cannot tell is absent. */
export interface GaugeReading {
  /** `process.hrtime.bigint()`, ns. */
  readonly at: bigint;
  readonly memory?: MemoryFigures;
  readonly cpu?: CpuFigures;
  readonly kills?: MemoryKills;
  readonly pids?: PidFigures;
  /** Open descriptors by process, as the machine of this tool or the keeper sees it. */
  readonly descriptors?: ReadonlyMap<number, number>;
  /** Of the sandbox's disk folder. */
  readonly disk?: {
    readonly sizeBytes: number;
    readonly freeBytes: number;
    /** Files and folders in it, those that are deleted and still open included. */
    readonly files?: number;
  };
}

/** `cgroup-files`: read on this machine. `keeper`: by the keeper inside the sandbox, from the kernel's files. `proc`: sums over processes. */
export interface Gauge {
  readonly source: 'cgroup-files' | 'keeper' | 'proc';
  read(): Promise<GaugeReading>;
}
