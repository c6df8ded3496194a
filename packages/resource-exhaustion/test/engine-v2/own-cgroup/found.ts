import type {
  Cgroup,
  CgroupLimits,
  CpuFigures,
  MemoryFigures,
  MemoryKills,
  PidFigures,
} from '@seaworthy/cgroups';
import type { CpuExhaustion, Death, MemoryExhaustion, Sandbox, VictimEnding } from '../../../src/index.ts';

const MIB = 2 ** 20;

/** Of the cgroups that are made by hand. */
export const LIMITS = { memoryBytes: 48 * MIB, cpus: 0.5, pids: 16 } as const satisfies CgroupLimits;

/** Of the sandboxes. */
export const SANDBOX = {
  memoryBytes: 96 * MIB,
  cpus: 0.5,
  pids: 32,
  descriptors: 128,
  diskBytes: 8 * MIB,
} as const;

export interface CgroupReport {
  readonly made: boolean;
  readonly folders?: readonly string[];
  /** memory.max, memory.swap.max, cpu.max and pids.max. */
  readonly texts?: readonly string[];
  readonly limits?: CgroupLimits;
  /** Every limit in force is its own. */
  readonly own?: boolean;
  readonly figures?: {
    readonly memory: MemoryFigures | undefined;
    readonly cpu: CpuFigures | undefined;
    readonly pids: PidFigures | undefined;
    readonly kills: MemoryKills | undefined;
  };
  /** After it was disposed of. */
  readonly isLeft?: boolean;
  /** Controllers that the cgroup it was made in passes on, before and after. */
  readonly passedOn: readonly [before: string, after: string];
  /** `cgroup.type` of that one, afterwards. */
  readonly type: string;
}

export interface SandboxReport {
  readonly tier: Sandbox['tier'];
  readonly effective: Sandbox['effective'];
  readonly differences: Sandbox['differences'];
  readonly gauge: Sandbox['gauge']['source'];
  readonly keeperVersion: 0 | 1 | 2;
  readonly keeperFiles: readonly string[];
  readonly held: Omit<MemoryExhaustion, 'curve'>;
  readonly busy: CpuExhaustion;
  readonly over: Omit<MemoryExhaustion, 'curve'>;
  readonly ending?: VictimEnding;
  readonly death?: Death;
}

/** What the program in the container prints. */
export interface Found {
  readonly startSeconds: number;
  readonly seconds: Readonly<Record<string, number>>;
  readonly own: Cgroup;
  /** Made with the container's own cgroup as the place that is asked for. */
  readonly beside: CgroupReport;
  /** Made in an empty one that is ours. */
  readonly delegated: CgroupReport;
  /** The container's own with nothing around it, as a namespace of control groups shows it: it holds processes. */
  readonly closed: CgroupReport;
  readonly python: SandboxReport;
  readonly native: SandboxReport;
}
