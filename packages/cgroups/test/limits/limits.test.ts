import { openWorkspace } from '@seaworthy/scenario';
import { describe, expect, test } from 'vitest';
import {
  findCgroup,
  readCgroupTexts,
  readEffectiveLimits,
  readEffectiveLimitsOf,
  readLimits,
  readOwnLimits,
  type Cgroup,
} from '../../src/index.ts';
import { recordedMachine } from '../recorded/recorded-machine.ts';
import { mountOfVersion2, writeFiles } from '../recorded/written-files.ts';

const MiB = 1024 ** 2;
const top = '/sys/fs/cgroup';

function recorded(name: string, pid?: number) {
  const read = recordedMachine(name);
  return { read, cgroup: findCgroup(readCgroupTexts(pid, { read }))! };
}

describe('limits of a container', () => {
  test.each([
    [
      'v1-docker-inside',
      undefined,
      { memoryBytes: 64 * MiB, memorySwapBytes: 64 * MiB, cpus: 0.25, pids: 32 },
    ],
    ['v1-docker-outside', 4242, { memoryBytes: 64 * MiB, memorySwapBytes: 64 * MiB, cpus: 0.25, pids: 32 }],
    [
      'v2-docker-inside',
      undefined,
      { memoryBytes: 512 * MiB, memorySwapBytes: 512 * MiB, cpus: 1.5, pids: 256 },
    ],
    ['v2-systemd-host', 4242, { memoryBytes: 512 * MiB, memorySwapBytes: 512 * MiB, cpus: 1.5, pids: 256 }],
    ['v2-docker-inside-linux-5.10', undefined, { memoryBytes: 256 * MiB, memorySwapBytes: 512 * MiB }],
  ])('%s', (name, pid, limits) => {
    const { read, cgroup } = recorded(name, pid);
    expect(readLimits(cgroup, read)).toEqual(limits);
    const effective = readEffectiveLimits(cgroup, read);
    expect(Object.fromEntries(Object.entries(effective).map(([key, { value }]) => [key, value]))).toEqual(
      limits,
    );
    expect(Object.values(effective).every(({ own }) => own)).toBe(true);
  });

  test('a session without limits of its own is under those of the slices around it', () => {
    const { read, cgroup } = recorded('v2-systemd-host');
    const slice = `${top}/user.slice/user-1000.slice`;
    expect(readLimits(cgroup, read)).toEqual({});
    expect(readEffectiveLimits(cgroup, read)).toEqual({
      memoryBytes: { value: 6 * 1024 * MiB, folder: slice, own: false },
      pids: { value: 10813, folder: slice, own: false },
    });
  });
});

describe('the lowest one on the way up counts', () => {
  test('version 2; memory and swap may be limited by different cgroups', async () => {
    await using workspace = await openWorkspace();
    const folder = workspace.folder;
    const at = (path: string) => ({ memory: path, cpu: path, pids: path });
    writeFiles(folder, {
      'a/memory.max': '300\n',
      'a/cpu.max': '50000 100000\n',
      'a/b/memory.max': '500\n',
      'a/b/memory.swap.max': '0\n',
      'a/b/pids.max': '10\n',
      'a/b/c/memory.max': 'max\n',
      'a/b/c/cpu.max': '200000 100000\n',
      'a/b/c/pids.max': '12\n',
    });
    const cgroup: Cgroup = { version: 2, folders: at(`${folder}/a/b/c`), tops: at(folder) };
    expect(readEffectiveLimits(cgroup)).toEqual({
      memoryBytes: { value: 300, folder: `${folder}/a`, own: false },
      memorySwapBytes: { value: 300, folder: `${folder}/a/b`, own: false },
      cpus: { value: 0.5, folder: `${folder}/a`, own: false },
      pids: { value: 10, folder: `${folder}/a/b`, own: false },
    });
    expect(readEffectiveLimits({ ...cgroup, folders: at(folder) })).toEqual({});
  });

  test('version 1 tells of a lower one that cannot be seen from the container', () => {
    const files: Record<string, string> = {
      '/m/memory.limit_in_bytes': '512\n',
      '/m/memory.stat':
        'cache 0\nhierarchical_memory_limit 256\nhierarchical_memsw_limit 9223372036854771712\n',
    };
    const cgroup: Cgroup = { version: 1, folders: { memory: '/m' }, tops: { memory: '/m' } };
    expect(readEffectiveLimits(cgroup, (path) => files[path])).toEqual({
      memoryBytes: { value: 256, folder: '/m', own: false },
    });
  });

  test('a limit of nothing at all is one', () => {
    const cgroup: Cgroup = {
      version: 2,
      folders: { memory: '/m', pids: '/m' },
      tops: { memory: '/m', pids: '/m' },
    };
    const files: Record<string, string> = { '/m/memory.max': '0\n', '/m/pids.max': '0\n' };
    expect(readLimits(cgroup, (path) => files[path])).toEqual({ memoryBytes: 0, pids: 0 });
  });
});

describe('limits of this process', () => {
  test('no limit: -1, max, and a number beyond every machine', () => {
    const v1: Record<string, string> = {
      '/proc/self/cgroup': '9:memory:/\n4:cpu:/\n',
      '/proc/self/mountinfo':
        '31 20 0:27 / /m rw - cgroup cgroup rw,memory\n32 20 0:28 / /c rw - cgroup cgroup rw,cpu\n',
      '/m/memory.limit_in_bytes': '9223372036854771712\n',
      '/c/cpu.cfs_quota_us': '-1\n',
      '/c/cpu.cfs_period_us': '100000\n',
    };
    expect(readOwnLimits({ read: (path) => v1[path] })).toEqual({});
    const v2: Record<string, string> = {
      '/proc/self/cgroup': '0::/\n',
      '/proc/self/mountinfo': mountOfVersion2('/c'),
      '/c/memory.max': 'max\n',
      '/c/cpu.max': 'max 100000\n',
    };
    expect(readOwnLimits({ read: (path) => v2[path] })).toEqual({});
    expect(readOwnLimits({ proc: '/nowhere' })).toEqual({});
  });

  test('on a machine with both versions, each from where it is', () => {
    const files: Record<string, string> = {
      '/proc/self/cgroup': '5:memory:/job\n0::/system.slice/x.service\n',
      '/proc/self/mountinfo': `33 30 0:29 / /m rw - cgroup cgroup rw,memory\n${mountOfVersion2('/u')}`,
      '/m/job/memory.limit_in_bytes': '1000\n',
      '/u/system.slice/cpu.max': '200000 100000\n',
    };
    const expected = {
      memoryBytes: { value: 1000, folder: '/m/job', own: true },
      cpus: { value: 2, folder: '/u/system.slice', own: false },
    };
    const read = (path: string) => files[path];
    expect(readOwnLimits({ read })).toEqual(expected);
    expect(readEffectiveLimitsOf(readCgroupTexts(undefined, { read }), read)).toEqual(expected);
  });

  test('of a process that is gone, or where there are no cgroups, nothing is told: not that it has no limit', () => {
    expect(readEffectiveLimitsOf(undefined)).toBeUndefined();
    expect(readEffectiveLimitsOf({ cgroup: '', mountinfo: '' })).toBeUndefined();
  });
});
