import type { ContainerLimits } from '@seaworthy/scenario';
import type { ComposeService } from './compose-project.ts';

/**
 * The limits that Compose asks the engine for when it makes a container of a service. What a file calls "no limit" is absent,
 * but for swap, where -1 says so.
 */
export function declaredLimits({ limits }: Pick<ComposeService, 'limits'>): ContainerLimits {
  const positive = (value: number | undefined): number | undefined =>
    value !== undefined && value > 0 ? value : undefined;
  const memorySwap = limits.memorySwap?.value;
  const wanted = {
    memoryBytes: positive(limits.memory?.value),
    // 0 counts as not given; without a memory limit it counts for nothing.
    memorySwapBytes: memorySwap === 0 ? undefined : memorySwap,
    cpus: positive(limits.cpus?.value),
    pids: positive(limits.pids?.value),
    ulimits:
      limits.ulimits.length === 0
        ? undefined
        : limits.ulimits.map(({ name, soft, hard }) => ({ name, soft, hard })),
    shmBytes: positive(limits.shm?.value),
    tmpfs:
      limits.tmpfs.length === 0
        ? undefined
        : limits.tmpfs.map(({ path, bytes }) => ({ path, ...(bytes === undefined ? {} : { bytes }) })),
    readOnlyRoot: limits.readOnlyRoot?.value,
    init: limits.init?.value,
  };
  return Object.fromEntries(
    Object.entries(wanted).filter(([, value]) => value !== undefined),
  ) as ContainerLimits;
}
