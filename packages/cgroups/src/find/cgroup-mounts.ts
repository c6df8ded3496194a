import { unescapeMountPath } from '@seaworthy/scenario';

/** A hierarchy of cgroups, or a part of one, as it is mounted. */
export interface CgroupMount {
  /** Which part of the hierarchy is mounted, as our cgroup namespace names it. */
  readonly root: string;
  readonly at: string;
  readonly version: 1 | 2;
  /** Of version 1: its controllers, among others. */
  readonly options: readonly string[];
}

/**
 * The mounts of cgroups, in the order of the file.
 *
 * @see proc_pid_mountinfo(5): a dash ends the optional fields; spaces and the like are written as octal numbers.
 */
export function parseCgroupMounts(mountinfo: string): CgroupMount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const [, , , root, at] = before?.split(' ') ?? [];
    const [type, , options] = after?.split(' ') ?? [];
    if (root === undefined || at === undefined || (type !== 'cgroup' && type !== 'cgroup2')) return [];
    return [
      {
        root: unescapeMountPath(root),
        at: unescapeMountPath(at),
        version: type === 'cgroup' ? 1 : 2,
        options: options?.split(',') ?? [],
      },
    ];
  });
}
