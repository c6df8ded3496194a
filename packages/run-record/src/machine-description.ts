/** What a run was measured on. Figures of two runs compare only where these agree. */
export interface MachineDescription {
  /** Such as `Debian GNU/Linux 12`. */
  readonly os: string;
  readonly kernel: string;
  /** Such as `x64`. */
  readonly architecture: string;
  readonly cpu: string;
  /** What the machine has. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** Such as `KVM`; absent on bare metal, and where it does not show. */
  readonly virtualisation?: string;
  /** What this process may use of it. */
  readonly effective: EffectiveLimits;
  /** Version of Node. */
  readonly node: string;
}

/** The share of a machine that a process may use, limits of control groups (containers) and CPU affinity taken into account. */
export interface EffectiveLimits {
  /** Version of the control groups that count cores and memory, `hybrid` where the two differ; `none` outside Linux. */
  readonly cgroup: 'v1' | 'v2' | 'hybrid' | 'none';
  /** May be a fraction: a quota of 1.5 cores is 1.5. */
  readonly cores: number;
  /** What sets `cores`: a file of the control group, `affinity`, or `machine`. */
  readonly coresFrom: string;
  readonly memoryBytes: number;
  /** What sets `memoryBytes`: a file of the control group, or `machine`. */
  readonly memoryFrom: string;
}
