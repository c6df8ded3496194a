/**
 * The most memory that a process tree held at once.
 *
 * `cgroup-v2` and `cgroup-v1`: `memory.peak` and `memory.max_usage_in_bytes` of a cgroup that only this tree was in: exact,
 * page cache that is charged to it included.
 *
 * `high-water-marks`: the sum of what each process had at most. For one process that is VmHWM, which is exact; 5 to 12 MiB
 * of it are the pages of the interpreter's own program and libraries, which a cgroup charges to whoever read them first.
 * They stay in: nothing tells them from a large file that the project maps, and no process runs without them. For several
 * processes the sum is an upper bound, since they need not have had their most at the same time. What forks share with
 * their parent counts once; of a fork that lives for less than two looks (some 0.2 s) only what it has grown by counts.
 */
export interface PeakMemory {
  readonly bytes: number;
  readonly source: 'cgroup-v2' | 'cgroup-v1' | 'container' | 'high-water-marks' | 'none';
  /** What each process that was seen had at most, bytes, the largest first: VmHWM; of a fork only what it does not share. */
  readonly processes: readonly { readonly pid: number; readonly command: string; readonly bytes: number }[];
}
