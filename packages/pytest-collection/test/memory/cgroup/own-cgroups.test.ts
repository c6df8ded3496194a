import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { readPids } from '../../../src/memory/cgroup/cgroup-figures.ts';
import { findOwnCgroups, readCgroupTexts } from '../../../src/memory/cgroup/own-cgroups.ts';
import { mountOfVersion2, writeFiles } from './recorded-cgroups.ts';

const VERSION_1 = [
  '32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct',
  '35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:12 - cgroup cgroup rw,memory',
  '41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
  '50 1 8:1 / / rw - ext4 /dev/sda1 rw',
].join('\n');

test('version 1: each controller in its hierarchy', () => {
  const cgroup = '4:memory:/user/a\n2:cpu,cpuacct:/b\n0::/\n';
  expect(findOwnCgroups({ cgroup, mountinfo: VERSION_1 })).toEqual({
    memory: { version: 1, path: '/sys/fs/cgroup/memory/user/a', top: '/sys/fs/cgroup/memory' },
    cpu: { version: 1, path: '/sys/fs/cgroup/cpu,cpuacct/b', top: '/sys/fs/cgroup/cpu,cpuacct' },
  });
});

test('version 1 in a container that sees only its own part', () => {
  const mountinfo = '35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro,relatime - cgroup cgroup rw,memory\n';
  for (const path of ['/docker/abc', '/']) {
    expect(findOwnCgroups({ cgroup: `4:memory:${path}\n`, mountinfo }).memory?.path).toBe(
      '/sys/fs/cgroup/memory',
    );
  }
  expect(findOwnCgroups({ cgroup: '4:memory:/docker/abc/sub\n', mountinfo }).memory?.path).toBe(
    '/sys/fs/cgroup/memory/sub',
  );
  expect(findOwnCgroups({ cgroup: '4:memory:/docker/abcdef/sub\n', mountinfo }).memory?.path).toBe(
    '/sys/fs/cgroup/memory',
  );
});

test('version 2, where it has the memory controller; also below a folder with a space', async () => {
  await using workspace = await openWorkspace();
  const top = await workspace.makeFolder('cgroup two');
  const texts = { cgroup: '0::/user.slice/one.scope\n', mountinfo: mountOfVersion2(top) };
  const own = { version: 2, path: `${top}/user.slice/one.scope`, top };
  writeFiles(own.path, { 'cgroup.controllers': 'cpu io memory pids\n' });
  expect(findOwnCgroups(texts)).toEqual({ memory: own, cpu: own });
  writeFiles(own.path, { 'cgroup.controllers': 'cpu pids\n' });
  expect(findOwnCgroups(texts)).toEqual({ cpu: own });
});

test('none: not on Linux, or not mounted', () => {
  expect(findOwnCgroups(undefined)).toEqual({});
  expect(findOwnCgroups({ cgroup: '0::/\n', mountinfo: '50 1 8:1 / / rw - ext4 /dev/sda1 rw\n' })).toEqual(
    {},
  );
  expect(findOwnCgroups({ cgroup: '0::/../..\n', mountinfo: mountOfVersion2('/sys/fs/cgroup') })).toEqual({});
});

test('what this machine tells can be read', () => {
  const { memory } = findOwnCgroups(readCgroupTexts());
  if (memory === undefined) throw new Error('These tests need a mounted cgroup with the memory controller');
  expect(memory.path.startsWith(memory.top)).toBe(true);
  expect(readPids(memory.path)).toContain(process.pid);
});
