import { dirname, join, posix } from 'node:path';

/** A control group that this process is in. */
export interface ControlGroup {
  readonly version: 'v1' | 'v2';
  /** The group's folder, and those above it that limit it too, nearest first. */
  readonly folders: readonly string[];
}

/** Text of a file, or `undefined` where it cannot be read. */
export type ReadText = (path: string) => string | undefined;

interface Mount {
  /** Which part of the hierarchy is mounted. */
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly options: readonly string[];
}

/**
 * Where the limits of a resource stand for this process: the v1 hierarchy of the controller where it has one, else the v2
 * hierarchy.
 *
 * @see https://man7.org/linux/man-pages/man7/cgroups.7.html and proc_pid_mountinfo(5)
 */
export function findControlGroup(controller: 'memory' | 'cpu', read: ReadText): ControlGroup | undefined {
  const mounts = parseMounts(read('/proc/self/mountinfo') ?? '');
  const memberships = (read('/proc/self/cgroup') ?? '')
    .split('\n')
    .map((line) => /^(\d+):([^:]*):(.*)$/.exec(line))
    .filter((match) => match !== null);
  for (const [, , controllers = '', path = ''] of memberships) {
    if (!controllers.split(',').includes(controller)) continue;
    const mount = mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller));
    if (mount !== undefined) return { version: 'v1', folders: foldersOf(mount, path) };
  }
  const unified = memberships.find(([, id, controllers]) => id === '0' && controllers === '');
  const mount = mounts.find(({ type }) => type === 'cgroup2');
  if (unified === undefined || mount === undefined) return undefined;
  return { version: 'v2', folders: foldersOf(mount, unified[3] ?? '/') };
}

function foldersOf({ root, point }: Mount, path: string): readonly string[] {
  // In a container without a namespace of its own, the mount shows a part of the hierarchy only, of which the path is told from the top.
  const inside = posix.relative(root, path);
  const folders = [inside.startsWith('..') ? point : join(point, inside)];
  while (folders.at(-1) !== point && folders.length < 64) folders.push(dirname(folders.at(-1) ?? point));
  return folders;
}

function parseMounts(mountinfo: string): readonly Mount[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root, point] = before.split(' ');
    const [type = '', , options = ''] = after.split(' ');
    if (root === undefined || point === undefined) return [];
    return [{ root: unescape(root), point: unescape(point), type, options: options.split(',') }];
  });
}

/** The kernel writes space, tab, line feed and backslash in octal. */
function unescape(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}
