import { expect, test } from 'vitest';
import type { HostReceipt } from '../../src/model/safety.ts';
import { compareReceipts } from '../../src/safety/compare-receipts.ts';

const GIB = 2 ** 30;
const before: HostReceipt = {
  availableBytes: 8 * GIB,
  temporaryFreeBytes: 20 * GIB,
  mounts: ['/', '/tmp'],
  cgroups: ['/sys/fs/cgroup/seaworthy-other'],
  folders: [],
  processes: ['1 other'],
  containers: ['seaworthy-other-sandbox'],
  networks: [],
  volumes: [],
};

test('a machine that is as it was, or has less on it than before', () => {
  expect(compareReceipts(before, before)).toEqual([]);
  expect(compareReceipts(before, { ...before, cgroups: [], processes: [], mounts: ['/'] })).toEqual([]);
});

test('what could be seen before and cannot be seen afterwards is no proof that nothing is left', () => {
  const { containers: _containers, cgroups: _cgroups, ...blind } = before;
  expect(compareReceipts(before, blind)).toEqual([
    'whether a control group is left could not be read again',
    'whether a container is left could not be read again',
  ]);
  expect(compareReceipts(blind, before)).toEqual([]);
});

test('everything that is there and was not is told', () => {
  const after: HostReceipt = {
    ...before,
    mounts: ['/', '/tmp', '/tmp/seaworthy-1/disk'],
    cgroups: ['/sys/fs/cgroup/seaworthy-other', '/sys/fs/cgroup/seaworthy-1'],
    folders: ['/tmp/seaworthy-1'],
    processes: ['1 other', '2 victim'],
    containers: ['seaworthy-1-sandbox', 'seaworthy-other-sandbox'],
    networks: ['seaworthy-1-net'],
    volumes: ['seaworthy-1-volume'],
  };
  expect(compareReceipts(before, after)).toEqual([
    'mount /tmp/seaworthy-1/disk is left',
    'control group /sys/fs/cgroup/seaworthy-1 is left',
    'folder /tmp/seaworthy-1 is left',
    'process 2 victim is left',
    'container seaworthy-1-sandbox is left',
    'network seaworthy-1-net is left',
    'volume seaworthy-1-volume is left',
  ]);
});

test('memory and disk may vary by the tolerance, to the byte', () => {
  const less = (bytes: number): HostReceipt => ({
    ...before,
    availableBytes: before.availableBytes - bytes,
    temporaryFreeBytes: before.temporaryFreeBytes - bytes,
  });
  expect(compareReceipts(before, less(GIB), GIB)).toEqual([]);
  expect(compareReceipts(before, less(GIB + 1), GIB)).toEqual([
    '1 GiB less memory free than before',
    '1 GiB less disk for temporary files free than before',
  ]);
});
