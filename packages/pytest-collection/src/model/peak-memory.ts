/**
 * The most memory that a process tree held at once.
 *
 * `cgroup-v2` and `cgroup-v1`: `memory.peak` and `memory.max_usage_in_bytes` of a cgroup that only this tree was in: exact,
 * page cache that is charged to it included. `high-water-marks`: the sum of every process's VmHWM, which is exact for a
 * single process and an upper bound for several.
 */
export interface PeakMemory {
  readonly bytes: number;
  readonly source: 'cgroup-v2' | 'cgroup-v1' | 'container' | 'high-water-marks' | 'none';
  /** VmHWM of each process that was seen, bytes, the largest first. */
  readonly processes: readonly { readonly pid: number; readonly command: string; readonly bytes: number }[];
}
