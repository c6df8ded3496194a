import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';

const root = '/sys/fs/cgroup';

/** What would have to be mounted for containers to be limited. */
export interface CgroupMounts {
  readonly version: 1 | 2;
  /** Of version 1: each has a hierarchy of its own. */
  readonly controllers: readonly string[];
}

/**
 * Nothing where some hierarchy is mounted already. A controller that is bound to a hierarchy of version 1 cannot be had
 * through version 2 any more.
 *
 * @param mountinfo - of `/proc/self/mountinfo`
 * @param cgroups - of `/proc/cgroups`
 */
export function missingMounts(mountinfo: string, cgroups: string): CgroupMounts | undefined {
  if (/ - cgroup2? /.test(mountinfo)) return undefined;
  const enabled = cgroups
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .filter(([, , , state]) => state === '1');
  const bound = enabled.some(([name, hierarchy]) => name === 'memory' && hierarchy !== '0');
  return { version: bound ? 1 : 2, controllers: enabled.map(([name]) => name ?? '') };
}

/**
 * Where no init system has mounted them, as in a bare virtual machine. Says what it does.
 *
 * @throws Error where a mount fails
 */
export function mountCgroups(): void {
  const missing = missingMounts(
    readFileSync('/proc/self/mountinfo', 'utf8'),
    readFileSync('/proc/cgroups', 'utf8'),
  );
  if (missing === undefined) return;
  console.log(
    `Mounting control groups (version ${missing.version}) at ${root}: the engine limits with them.`,
  );
  if (missing.version === 2) {
    mount('-t', 'cgroup2', 'cgroup2', root);
    return;
  }
  mount('-t', 'tmpfs', '-o', 'mode=755', 'cgroup', root);
  for (const controller of missing.controllers) {
    mkdirSync(`${root}/${controller}`, { recursive: true });
    mount('-t', 'cgroup', '-o', controller, 'cgroup', `${root}/${controller}`);
  }
}

/** @throws Error with the command and what it said, where it fails */
export function mount(...args: string[]): void {
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status === 0) return;
  throw new Error(`\`mount ${args.join(' ')}\` failed: ${error?.message ?? stderr.trim()}`);
}
