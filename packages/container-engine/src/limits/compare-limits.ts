import type { ContainerLimits } from '@seaworthy/scenario';
import type { LimitDifference } from '../model/container.ts';

/** Kernels keep sizes in whole pages: memory limits round down, sizes of file systems up. The largest page in use. */
const PAGE_BYTES = 65_536;
/** A quota is kept in whole microseconds of a period of 100 ms. */
const CPU_STEP = 1e-5;

/**
 * Every limit that was declared and is not in force as declared: not set at all, or another value, higher or lower.
 * Limits that were not declared are no differences. Pure.
 */
export function compareLimits(declared: ContainerLimits, effective: ContainerLimits): LimitDifference[] {
  const differences: LimitDifference[] = [];
  const compare = (
    name: LimitDifference['name'],
    wanted: number | boolean | undefined,
    found: number | boolean | undefined,
    tolerance = 0,
  ): void => {
    if (wanted === undefined || isSame(unlimited(wanted), unlimited(found), tolerance)) return;
    differences.push({ name, declared: wanted, effective: unlimited(found) });
  };
  compare('memoryBytes', declared.memoryBytes, effective.memoryBytes, PAGE_BYTES - 1);
  compare('memorySwapBytes', declared.memorySwapBytes, effective.memorySwapBytes, 2 * PAGE_BYTES - 1);
  compare('cpus', declared.cpus, effective.cpus, CPU_STEP);
  compare('pids', declared.pids, effective.pids);
  for (const { name, soft, hard } of declared.ulimits ?? []) {
    const found = effective.ulimits?.find((limit) => limit.name === name);
    const before = differences.length;
    compare(`ulimit ${name}`, soft, found?.soft);
    if (differences.length === before) compare(`ulimit ${name}`, hard, found?.hard);
  }
  compare('shmBytes', declared.shmBytes, effective.shmBytes, PAGE_BYTES - 1);
  for (const { path, bytes } of declared.tmpfs ?? []) {
    const found = effective.tmpfs?.find((place) => withoutSlash(place.path) === withoutSlash(path));
    if (found === undefined)
      differences.push({ name: `tmpfs ${path}`, declared: bytes ?? true, effective: false });
    else compare(`tmpfs ${path}`, bytes, found.bytes, PAGE_BYTES - 1);
  }
  compare('readOnlyRoot', declared.readOnlyRoot, effective.readOnlyRoot ?? false);
  compare('init', declared.init, effective.init ?? false);
  return differences;
}

function unlimited(value: number | boolean | undefined): number | boolean | undefined {
  return value === -1 ? undefined : value;
}

function isSame(
  wanted: number | boolean | undefined,
  found: number | boolean | undefined,
  tolerance: number,
): boolean {
  if (typeof wanted !== 'number' || typeof found !== 'number') return wanted === found;
  return Math.abs(wanted - found) <= tolerance;
}

function withoutSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
