import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cgroup, Controller } from '../model/cgroup.ts';
import type { CgroupLimits } from '../model/limits.ts';

/** us; the kernel's own default. The quota in it must be 1 ms at least, so that 0.01 core is the least. */
const CPU_PERIOD_US = 100_000;

/**
 * Writes limits as well as they can be written; what is in force is told by reading them back. Memory comes without swap
 * where `memorySwapBytes` says nothing: a limit of memory alone only makes what runs under it slow.
 */
export function setLimits(cgroup: Cgroup, limits: CgroupLimits): void {
  const { memoryBytes, memorySwapBytes, cpus, pids } = limits;
  const write = (controller: Controller, file: string, value: string | number): void => {
    const folder = cgroup.folders[controller];
    if (folder === undefined) return;
    try {
      writeFileSync(join(folder, file), String(value), { flag: 'r+' });
    } catch {
      // Without that controller, or, for swap, on a kernel that was started without counting it.
    }
  };
  const swapBytes = Math.max(0, (memorySwapBytes ?? memoryBytes ?? 0) - (memoryBytes ?? 0));
  if (cgroup.version === 1) {
    if (memoryBytes !== undefined) {
      write('memory', 'memory.limit_in_bytes', memoryBytes);
      write('memory', 'memory.memsw.limit_in_bytes', memoryBytes + swapBytes);
    }
    if (cpus !== undefined) {
      write('cpu', 'cpu.cfs_period_us', CPU_PERIOD_US);
      write('cpu', 'cpu.cfs_quota_us', Math.round(cpus * CPU_PERIOD_US));
    }
  } else {
    if (memoryBytes !== undefined) {
      write('memory', 'memory.max', memoryBytes);
      write('memory', 'memory.swap.max', swapBytes);
    }
    if (cpus !== undefined) write('cpu', 'cpu.max', `${Math.round(cpus * CPU_PERIOD_US)} ${CPU_PERIOD_US}`);
  }
  if (pids !== undefined) write('pids', 'pids.max', pids);
}
