import type { LimitDifference } from '@seaworthy/container-engine';
import type { SandboxLimits } from '../model/sandbox.ts';

/** The kernel counts memory in pages, the largest of which (arm64) have 64 KiB, and CPU time in whole us of a period. */
const SLACK: Readonly<SandboxLimits> = {
  memoryBytes: 65_536,
  diskBytes: 65_536,
  cpus: 0.001,
  pids: 0,
  descriptors: 0,
};

/** Of a place that limits memory as a whole: where swap is left to victims, a limit of memory makes them slow and stops none. */
export interface SwapInForce {
  /** The machine that victims run on has swap, or it cannot be told. */
  readonly isThere: boolean;
  /** Limit of memory and swap together, bytes; absent: none. */
  readonly memorySwapBytes?: number;
}

/** What was declared and is not in force, by the names of a container's limits. */
export function limitDifferences(
  declared: SandboxLimits,
  effective: Partial<SandboxLimits>,
  { diskFolder, swap }: { diskFolder: string; swap?: SwapInForce },
): LimitDifference[] {
  const names: Readonly<Record<keyof SandboxLimits, LimitDifference['name']>> = {
    memoryBytes: 'memoryBytes',
    cpus: 'cpus',
    pids: 'pids',
    descriptors: 'ulimit nofile',
    diskBytes: `tmpfs ${diskFolder}`,
  };
  const found = (Object.keys(names) as (keyof SandboxLimits)[]).flatMap((limit) => {
    const [asked, inForce] = [declared[limit], effective[limit]];
    if (inForce !== undefined && Math.abs(inForce - asked) <= SLACK[limit]) return [];
    return [{ name: names[limit], declared: asked, effective: inForce }];
  });
  return effective.memoryBytes === undefined
    ? found
    : [...found, ...swapDifference(effective.memoryBytes, swap)];
}

function swapDifference(memoryBytes: number, swap: SwapInForce | undefined): LimitDifference[] {
  if (swap?.isThere !== true) return [];
  const { memorySwapBytes: together = Infinity } = swap;
  if (together <= memoryBytes + SLACK.memoryBytes) return [];
  return [{ name: 'memorySwapBytes', declared: memoryBytes, effective: swap.memorySwapBytes }];
}
