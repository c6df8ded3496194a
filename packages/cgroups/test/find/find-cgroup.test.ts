import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  ancestorsOf,
  findCgroup,
  findCgroupOf,
  findCgroups,
  membersOf,
  readCgroupTexts,
} from '../../src/index.ts';
import { recordedMachine } from '../recorded/recorded-machine.ts';
import { mountOfVersion2 } from '../recorded/written-files.ts';

const V1 = [
  '32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct',
  '35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:12 - cgroup cgroup rw,memory',
  '41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw',
  '50 1 8:1 / / rw - ext4 /dev/sda1 rw',
].join('\n');
const top = '/sys/fs/cgroup';

describe('version 1', () => {
  test('each controller in its hierarchy, mounted alone or with others', () => {
    const texts = { cgroup: '4:memory:/user/a\n2:cpu,cpuacct:/b\n', mountinfo: V1 };
    expect(findCgroup(texts)).toEqual({
      version: 1,
      folders: {
        memory: `${top}/memory/user/a`,
        cpu: `${top}/cpu,cpuacct/b`,
        cpuacct: `${top}/cpu,cpuacct/b`,
      },
      tops: { memory: `${top}/memory`, cpu: `${top}/cpu,cpuacct`, cpuacct: `${top}/cpu,cpuacct` },
    });
  });

  test('in a container that sees its own part alone', () => {
    const mountinfo = '35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro,relatime - cgroup cgroup rw,memory\n';
    const folder = (path: string) => findCgroup({ cgroup: `4:memory:${path}\n`, mountinfo })?.folders.memory;
    expect(folder('/docker/abc')).toBe(`${top}/memory`);
    expect(folder('/')).toBe(`${top}/memory`);
    expect(folder('/docker/abc/sub')).toBe(`${top}/memory/sub`);
    expect(folder('/docker/abcdef/sub')).toBe(`${top}/memory`);
  });

  test('in a container that was given the hierarchy of its host too: the one that shows the way up', () => {
    const mountinfo = [
      '35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro,relatime - cgroup cgroup rw,memory',
      '60 31 0:32 / /host/memory ro,relatime - cgroup cgroup rw,memory',
    ].join('\n');
    expect(findCgroup({ cgroup: '4:memory:/docker/abc\n', mountinfo })).toEqual({
      version: 1,
      folders: { memory: '/host/memory/docker/abc' },
      tops: { memory: '/host/memory' },
    });
  });

  test('of a container as its host sees it, up to the top', () => {
    const read = recordedMachine('v1-docker-outside');
    const cgroup = findCgroup(readCgroupTexts(4242, { read }));
    expect(cgroup?.folders).toEqual({
      memory: `${top}/memory/docker/4f5e0c0ffee1`,
      cpu: `${top}/cpu/docker/4f5e0c0ffee1`,
      pids: `${top}/pids/docker/4f5e0c0ffee1`,
      cpuacct: `${top}/cpuacct/docker/4f5e0c0ffee1`,
    });
    expect(ancestorsOf(cgroup!).map(({ folders }) => folders.memory)).toEqual([
      `${top}/memory/docker`,
      `${top}/memory`,
    ]);
  });

  test('of which the controllers lie at different depths', () => {
    const cgroup = findCgroup(readCgroupTexts(undefined, { read: recordedMachine('v1-docker-outside') }));
    expect(ancestorsOf(cgroup!).map(({ folders }) => folders)).toEqual([
      { memory: `${top}/memory/user` },
      { memory: `${top}/memory` },
    ]);
  });
});

describe('version 2', () => {
  test('of a desktop session under systemd', () => {
    const cgroup = findCgroup(readCgroupTexts(undefined, { read: recordedMachine('v2-systemd-host') }));
    const folder = `${top}/user.slice/user-1000.slice/user@1000.service/app.slice/app-terminal.scope`;
    expect(cgroup).toEqual({
      version: 2,
      folders: { memory: folder, cpu: folder, pids: folder },
      tops: { memory: top, cpu: top, pids: top },
    });
    expect(ancestorsOf(cgroup!).map(({ folders }) => folders.cpu)).toEqual([
      `${top}/user.slice/user-1000.slice/user@1000.service/app.slice`,
      `${top}/user.slice/user-1000.slice/user@1000.service`,
      `${top}/user.slice/user-1000.slice`,
      `${top}/user.slice`,
      top,
    ]);
  });

  test('of a container, as its host and as itself sees it', () => {
    const outside = findCgroup(readCgroupTexts(4242, { read: recordedMachine('v2-systemd-host') }));
    expect(outside?.folders.memory).toBe(`${top}/system.slice/docker-7d5c0ffee2.scope`);
    const inside = findCgroup(readCgroupTexts(undefined, { read: recordedMachine('v2-docker-inside') }));
    expect(inside?.folders.memory).toBe(top);
    expect(ancestorsOf(inside!)).toEqual([]);
  });

  test('of a container in the cgroup namespace of its host', () => {
    const mountinfo = mountOfVersion2(top, '/system.slice/docker-7d5c.scope');
    const texts = { cgroup: '0::/system.slice/docker-7d5c.scope\n', mountinfo };
    expect(findCgroup(texts)?.folders.memory).toBe(top);
  });

  test('below a folder with a space', () => {
    const texts = { cgroup: '0::/a\n', mountinfo: mountOfVersion2('/my groups') };
    expect(findCgroup(texts)?.folders.memory).toBe('/my groups/a');
  });
});

test('version 1 and 2 side by side: each controller where it is, and the one of memory first', () => {
  const texts = { cgroup: '4:memory:/job\n0::/system.slice/x.service\n', mountinfo: V1 };
  expect(findCgroups(texts).map(({ version, folders }) => [version, Object.keys(folders)])).toEqual([
    [1, ['memory']],
    [2, ['cpu', 'pids']],
  ]);
  expect(findCgroup(texts)?.version).toBe(1);
  const second = { cgroup: '2:cpu,cpuacct:/b\n0::/job\n', mountinfo: V1 };
  expect(findCgroup(second)).toMatchObject({ version: 2, folders: { memory: `${top}/unified/job` } });
});

test('nothing: not on Linux, not mounted, outside of our namespace, or mounted from above it', () => {
  expect(findCgroup(undefined)).toBeUndefined();
  expect(
    findCgroup({ cgroup: '0::/\n', mountinfo: '50 1 8:1 / / rw - ext4 /dev/sda1 rw\n' }),
  ).toBeUndefined();
  expect(findCgroup({ cgroup: '0::/../other\n', mountinfo: mountOfVersion2(top) })).toBeUndefined();
  expect(findCgroup({ cgroup: '0::/\n', mountinfo: mountOfVersion2(top, '/../..') })).toBeUndefined();
  expect(findCgroup({ cgroup: '', mountinfo: '' })).toBeUndefined();
  expect(readCgroupTexts(undefined, { proc: '/nowhere' })).toBeUndefined();
});

test('of this process and of another one on this machine', async () => {
  const own = findCgroup(readCgroupTexts());
  if (own === undefined) throw new Error('These tests need a mounted hierarchy of control groups');
  expect(membersOf(own)).toContain(process.pid);
  const child = spawn('sleep', ['600']);
  try {
    expect(findCgroupOf(child.pid!)).toEqual(own);
  } finally {
    child.kill();
    await once(child, 'exit');
  }
  expect(findCgroupOf(child.pid!)).toBeUndefined();
});
