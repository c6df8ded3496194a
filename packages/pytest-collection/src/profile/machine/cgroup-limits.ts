import { join, posix } from 'node:path';
import { parseMounts } from './mounts.ts';
import { readText } from './read-text.ts';

/** Version 1 says "no limit" with a number near 2^63. */
const NO_LIMIT = 2 ** 60;

/** The tightest memory limit of this process's control groups, bytes. */
export function memoryLimit(proc: string): number | undefined {
  const limits = foldersOf(proc, 'memory').flatMap(({ folder, version }) => {
    const text = readText(join(folder, version === 2 ? 'memory.max' : 'memory.limit_in_bytes'));
    const bytes = Number(text?.trim() || Number.NaN);
    return bytes > 0 && bytes < NO_LIMIT ? [bytes] : [];
  });
  return limits.length === 0 ? undefined : Math.min(...limits);
}

/** How many CPUs this process's control groups let it use. */
export function cpuQuota(proc: string): number | undefined {
  const quotas = foldersOf(proc, 'cpu').flatMap(({ folder, version }) => {
    const [quota, period] =
      version === 2
        ? (readText(join(folder, 'cpu.max'))?.trim().split(/\s+/) ?? [])
        : ['cpu.cfs_quota_us', 'cpu.cfs_period_us'].map((file) => readText(join(folder, file))?.trim());
    const cpus = Number(quota) / Number(period);
    return cpus > 0 && Number.isFinite(cpus) ? [cpus] : [];
  });
  return quotas.length === 0 ? undefined : Math.min(...quotas);
}

/** The folders of a controller that hold this process, its own first, up to the top of what is mounted here. */
function foldersOf(proc: string, controller: string): { folder: string; version: 1 | 2 }[] {
  const mounts = parseMounts(readText(join(proc, 'self', 'mountinfo')) ?? '');
  const folders: { folder: string; version: 1 | 2 }[] = [];
  for (const line of (readText(join(proc, 'self', 'cgroup')) ?? '').split('\n')) {
    const [, names, path] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (names === undefined || path === undefined) continue;
    const version = names === '' ? 2 : 1;
    if (version === 1 && !names.split(',').includes(controller)) continue;
    const mount = mounts.find(({ type, options }) =>
      version === 2 ? type === 'cgroup2' : type === 'cgroup' && options.split(',').includes(controller),
    );
    if (mount === undefined) continue;
    // In a container the mount may show only the container's own part of the tree, and the path may begin above it.
    const inside = posix.relative(mount.root, path);
    for (let at = inside.startsWith('..') ? '' : inside; ; at = posix.dirname(at)) {
      folders.push({ folder: join(mount.point, at), version });
      if (at === '' || at === '.') break;
    }
  }
  return folders;
}
