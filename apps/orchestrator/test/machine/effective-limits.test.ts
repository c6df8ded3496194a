import { expect, test } from 'vitest';
import { effectiveLimits } from '../../src/machine/effective-limits.ts';

const machine = { cores: 8, affinityCores: 8, memoryBytes: 16e9 };

function limits(files: Readonly<Record<string, string>>, changes: Partial<typeof machine> = {}) {
  return effectiveLimits({ ...machine, ...changes }, (path) => files[path]);
}

const V2 = '25 1 0:23 / /sys/fs/cgroup rw,nosuid shared:9 - cgroup2 cgroup2 rw,nsdelegate\n';

test('without control groups the machine counts', () => {
  expect(limits({})).toEqual({
    cgroup: 'none',
    cores: 8,
    coresFrom: 'machine',
    memoryBytes: 16e9,
    memoryFrom: 'machine',
  });
});

test('a container with v2 limits', () => {
  expect(
    limits({
      '/proc/self/cgroup': '0::/\n',
      '/proc/self/mountinfo': V2,
      '/sys/fs/cgroup/memory.max': '536870912\n',
      '/sys/fs/cgroup/cpu.max': '150000 100000\n',
    }),
  ).toEqual({
    cgroup: 'v2',
    cores: 1.5,
    coresFrom: '/sys/fs/cgroup/cpu.max',
    memoryBytes: 536870912,
    memoryFrom: '/sys/fs/cgroup/memory.max',
  });
});

test('the tightest group above counts, and "max" is no limit', () => {
  const found = limits({
    '/proc/self/cgroup': '0::/user.slice/app.scope\n',
    '/proc/self/mountinfo': V2,
    '/sys/fs/cgroup/user.slice/app.scope/memory.max': 'max\n',
    '/sys/fs/cgroup/user.slice/app.scope/cpu.max': 'max 100000\n',
    '/sys/fs/cgroup/user.slice/memory.max': '1000000000\n',
    '/sys/fs/cgroup/user.slice/cpu.max': '400000 100000\n',
  });
  expect(found).toMatchObject({
    memoryBytes: 1e9,
    memoryFrom: '/sys/fs/cgroup/user.slice/memory.max',
    cores: 4,
    coresFrom: '/sys/fs/cgroup/user.slice/cpu.max',
  });
});

const V1 = `
33 30 0:29 /docker/abc /sys/fs/cgroup/memory ro,nosuid - cgroup cgroup rw,memory
34 30 0:30 /docker/abc /sys/fs/cgroup/cpu,cpuacct ro,nosuid - cgroup cgroup rw,cpu,cpuacct
`;

test('a container with v1 limits, which sees a part of the hierarchy only', () => {
  expect(
    limits({
      '/proc/self/cgroup': '5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n0::/\n',
      '/proc/self/mountinfo': V1,
      '/sys/fs/cgroup/memory/memory.limit_in_bytes': '268435456\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '50000\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
    }),
  ).toEqual({
    cgroup: 'v1',
    cores: 0.5,
    coresFrom: '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us',
    memoryBytes: 268435456,
    memoryFrom: '/sys/fs/cgroup/memory/memory.limit_in_bytes',
  });
});

test('v1 without limits says -1 and a number beyond every machine', () => {
  const found = limits({
    '/proc/self/cgroup': '5:memory:/docker/abc\n4:cpu,cpuacct:/docker/abc\n',
    '/proc/self/mountinfo': V1,
    '/sys/fs/cgroup/memory/memory.limit_in_bytes': '9223372036854771712\n',
    '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '-1\n',
    '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
  });
  expect(found).toMatchObject({ cgroup: 'v1', coresFrom: 'machine', memoryFrom: 'machine' });
});

test('a machine with both: each resource counts where its controller is', () => {
  const found = limits({
    '/proc/self/cgroup': '5:memory:/job\n0::/system.slice/x.service\n',
    '/proc/self/mountinfo': `33 30 0:29 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n34 30 0:31 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n`,
    '/sys/fs/cgroup/memory/job/memory.limit_in_bytes': '1000000000',
    '/sys/fs/cgroup/unified/system.slice/cpu.max': '200000 100000',
  });
  expect(found).toMatchObject({ cgroup: 'hybrid', memoryBytes: 1e9, cores: 2 });
});

test('cores that the scheduler withholds do not count', () => {
  expect(limits({}, { affinityCores: 3 })).toMatchObject({ cores: 3, coresFrom: 'affinity' });
});

test('mount points with spaces are read as the kernel writes them', () => {
  const found = limits({
    '/proc/self/cgroup': '0::/\n',
    '/proc/self/mountinfo': '25 1 0:23 / /my\\040groups rw - cgroup2 cgroup2 rw\n',
    '/my groups/memory.max': '1000',
  });
  expect(found).toMatchObject({ memoryBytes: 1000, memoryFrom: '/my groups/memory.max' });
});
