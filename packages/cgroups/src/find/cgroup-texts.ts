import { readText } from '../files/read-text.ts';

/** What the kernel tells of where a process is. */
export interface CgroupTexts {
  /** `/proc/<pid>/cgroup` */
  readonly cgroup: string;
  /** `/proc/self/mountinfo`: where the hierarchies are mounted for us, who read them, and not for that process. */
  readonly mountinfo: string;
}

/**
 * Of this process, or of another one by its number as seen from here (so of a container's main process as its host sees it).
 *
 * @param proc for a machine whose files were recorded.
 * @returns `undefined` where there are no cgroups (not on Linux, or without /proc) or no such process.
 */
export function readCgroupTexts(
  pid?: number,
  { proc = '/proc', read = readText } = {},
): CgroupTexts | undefined {
  const cgroup = read(`${proc}/${pid ?? 'self'}/cgroup`);
  const mountinfo = read(`${proc}/self/mountinfo`);
  return cgroup === undefined || mountinfo === undefined ? undefined : { cgroup, mountinfo };
}
