import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The cgroup that this process is in. */
export interface OwnCgroup {
  readonly version: 1 | 2;
  /** Absolute. */
  readonly path: string;
  /** Where its hierarchy is mounted: no cgroup above it can be seen. */
  readonly top: string;
}

export interface OwnCgroups {
  readonly memory?: OwnCgroup;
  /** Version 1 accounts for the processor in a hierarchy of its own, which may be mounted with others. */
  readonly cpu?: OwnCgroup;
}

/** What the kernel tells of this process: /proc/self/cgroup and /proc/self/mountinfo. */
export interface CgroupTexts {
  readonly cgroup: string;
  readonly mountinfo: string;
}

/** `undefined` where there are no cgroups: not on Linux, or without /proc. */
export function readCgroupTexts(): CgroupTexts | undefined {
  try {
    return {
      cgroup: readFileSync('/proc/self/cgroup', 'utf8'),
      mountinfo: readFileSync('/proc/self/mountinfo', 'utf8'),
    };
  } catch {
    return undefined;
  }
}

/** Where the cgroups of this process lie in the file system. Version 2 counts for memory only where it has the memory controller. */
export function findOwnCgroups(texts: CgroupTexts | undefined): OwnCgroups {
  if (texts === undefined) return {};
  const mounts = parseMounts(texts.mountinfo);
  const unified = findUnified(texts.cgroup, mounts);
  const memory = findVersion1(texts.cgroup, mounts, 'memory') ?? (hasMemory(unified) ? unified : undefined);
  const cpu = findVersion1(texts.cgroup, mounts, 'cpuacct') ?? unified;
  return { ...(memory === undefined ? {} : { memory }), ...(cpu === undefined ? {} : { cpu }) };
}

interface Mount {
  readonly root: string;
  readonly at: string;
  readonly type: string;
  readonly options: readonly string[];
}

/** See proc_pid_mountinfo(5): a dash ends the optional fields; spaces and the like are written as octal numbers. */
function parseMounts(text: string): Mount[] {
  return text.split('\n').flatMap((line) => {
    const [before, after] = line.split(' - ');
    const [, , , root, at] = before?.split(' ') ?? [];
    const [type, , options] = after?.split(' ') ?? [];
    if (root === undefined || at === undefined || !type?.startsWith('cgroup')) return [];
    return [{ root: unescape(root), at: unescape(at), type, options: options?.split(',') ?? [] }];
  });
}

function unescape(path: string): string {
  return path.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

function findVersion1(cgroup: string, mounts: readonly Mount[], controller: string): OwnCgroup | undefined {
  const mount = mounts.find(({ type, options }) => type === 'cgroup' && options.includes(controller));
  const line = cgroup
    .split('\n')
    .map((text) => /^\d+:([^:]*):(.*)$/.exec(text))
    .find((match) => match?.[1]?.split(',').includes(controller));
  return mount === undefined || line?.[2] === undefined ? undefined : placeIn(mount, line[2], 1);
}

function findUnified(cgroup: string, mounts: readonly Mount[]): OwnCgroup | undefined {
  const mount = mounts.find(({ type }) => type === 'cgroup2');
  const path = /^0::(.*)$/m.exec(cgroup)?.[1];
  return mount === undefined || path === undefined ? undefined : placeIn(mount, path, 2);
}

/** In a container the mount may show only a part of the hierarchy, while /proc tells the path in the whole of it. */
function placeIn(mount: Mount, path: string, version: 1 | 2): OwnCgroup | undefined {
  if (path.startsWith('/..')) return undefined;
  return { version, path: join(mount.at, pathBelow(mount.root, path)).replace(/\/$/, ''), top: mount.at };
}

/** The mount itself where the path does not lie in it. */
function pathBelow(root: string, path: string): string {
  if (root === '/') return path;
  return path.startsWith(`${root}/`) ? path.slice(root.length) : '';
}

function hasMemory(own: OwnCgroup | undefined): boolean {
  return own !== undefined && readWords(join(own.path, 'cgroup.controllers')).includes('memory');
}

/** The words of a small file of the kernel's; none where it cannot be read. */
export function readWords(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split(/\s+/).filter(Boolean);
  } catch {
    return [];
  }
}
