import { findCgroupOf, type Cgroup } from '@seaworthy/cgroups';

/** The cgroup of a process, as it lies in this machine's file system. */
export function cgroupOf(pid: number): Cgroup | undefined {
  return findCgroupOf(pid);
}
