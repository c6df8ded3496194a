import { UsageError, type ContainerLimits } from '@seaworthy/scenario';

/**
 * Refuses limits that mean nothing, before any engine sees them: engines take 0 for "no limit", which is never what
 * somebody wanted who wrote a limit down.
 *
 * @throws UsageError
 */
export function demandSensibleLimits(limits: ContainerLimits | undefined): asserts limits is ContainerLimits {
  // Without types nobody says so earlier, and a container without limits must be meant.
  if (typeof limits !== 'object' || limits === null)
    throw new UsageError(
      'NO_LIMITS',
      `The limits of a container are ${String(limits)}: expected an object, such as {memoryBytes: 2 ** 28, pids: 64}, or {} for a container without limits`,
    );
  demandWhole('memory limit', limits.memoryBytes, 'bytes');
  demandWhole('size of /dev/shm', limits.shmBytes, 'bytes');
  demandWhole('limit of processes', limits.pids, 'processes');
  if (limits.cpus !== undefined && !(Number.isFinite(limits.cpus) && limits.cpus > 0)) {
    refuse('limit of CPUs', limits.cpus, 'a number of cores above 0, such as 0.25');
  }
  demandSwap(limits);
  for (const { path, bytes } of limits.tmpfs ?? []) {
    demandWhole(`size of the tmpfs ${path}`, bytes, 'bytes');
    if (!path.startsWith('/')) refuse('place of a tmpfs', path, 'an absolute path');
  }
  for (const { name, soft, hard } of limits.ulimits ?? []) {
    const [low, high] = [soft, hard].map((value) => (value === -1 ? Infinity : value)) as [number, number];
    const whole = [soft, hard].every((value) => Number.isSafeInteger(value) && value >= -1);
    if (!whole || low > high) {
      refuse(
        `ulimit ${name}`,
        `${soft}:${hard}`,
        'whole numbers (-1: no limit), the soft one not above the hard one',
      );
    }
  }
}

function demandSwap({ memoryBytes, memorySwapBytes }: ContainerLimits): void {
  if (memorySwapBytes === undefined) return;
  if (memorySwapBytes !== -1)
    demandWhole('limit of memory and swap', memorySwapBytes, 'bytes, or -1 for none');
  if (memoryBytes === undefined) {
    refuse('limit of memory and swap', memorySwapBytes, 'a memory limit beside it');
  } else if (memorySwapBytes !== -1 && memorySwapBytes < memoryBytes) {
    refuse(
      'limit of memory and swap',
      memorySwapBytes,
      `at least the memory limit (${memoryBytes}): it is both together`,
    );
  }
}

function demandWhole(name: string, value: number | undefined, unit: string): void {
  if (value === undefined || (Number.isSafeInteger(value) && value > 0)) return;
  refuse(name, value, `a whole number of ${unit} above 0 (leave it out for no limit)`);
}

function refuse(name: string, got: unknown, expected: string): never {
  throw new UsageError(
    'IMPOSSIBLE_LIMIT',
    `The ${name} of a container is ${String(got)}: expected ${expected}`,
  );
}
