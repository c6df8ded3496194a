import { describe, expect, test } from 'vitest';
import {
  ancestorsOf,
  findCgroup,
  membersOf,
  parseCpuFigures,
  parseKills,
  parseMemoryFigures,
  parsePids,
  readCgroupTexts,
  readCpu,
  readKills,
  readMemory,
  readPids,
} from '../../src/index.ts';
import { recordedMachine } from '../recorded/recorded-machine.ts';

const MiB = 1024 ** 2;

function recorded(name: string, pid?: number) {
  const read = recordedMachine(name);
  const cgroup = findCgroup(readCgroupTexts(pid, { read }));
  if (cgroup === undefined) throw new Error(`Expected a cgroup in the recording ${name}`);
  return { read, cgroup };
}

/** 64 MiB, 0.25 cores, 32 processes; killed once, a file of 8 MiB read, 4 MiB in /dev/shm, forks refused. */
describe.each([
  ['inside', undefined, { periods: 17, current: 32 }],
  ['outside', 4242, { periods: 23, current: 31 }],
])('version 1, a container seen from %s', (place, pid, { periods, current }) => {
  const { read, cgroup } = recorded(`v1-docker-${place}`, pid);

  test('memory: file cache apart from what cannot be taken back', () => {
    const memory = readMemory(cgroup, read)!;
    expect(memory).toMatchObject({ peakBytes: 64 * MiB, sharedBytes: 4 * MiB });
    expect(memory.reclaimableBytes).toBeGreaterThanOrEqual(8 * MiB);
    expect(memory.anonymousBytes).toBeLessThan(4 * MiB);
    expect(memory.kernelBytes).toBeGreaterThan(0);
    const parts = memory.anonymousBytes + memory.sharedBytes + memory.kernelBytes! + memory.reclaimableBytes;
    expect(Math.abs(memory.usageBytes - parts)).toBeLessThan(MiB);
  });

  test('kills, although memory.failcnt says 0', () => {
    expect(readKills(cgroup, read)).toEqual({ own: 1 });
    expect(read(`${cgroup.folders.memory}/memory.failcnt`)).toBe('0\n');
  });

  test('CPU time, of two hierarchies, and throttling', () => {
    const cpu = readCpu(cgroup, read)!;
    expect(cpu).toMatchObject({ periods, throttledPeriods: 3 });
    expect(cpu.throttledUs).toBeCloseTo(120169.312, 3);
    expect(cpu.usageUs).toBeGreaterThan(200_000);
  });

  test('processes and refused forks', () => {
    expect(readPids(cgroup, read)).toEqual({ current, refused: 21 });
    expect(membersOf(cgroup, read)).toHaveLength(current);
  });
});

test('version 1 does not add up kills', () => {
  const { read, cgroup } = recorded('v1-docker-outside', 4242);
  expect(ancestorsOf(cgroup).map((above) => readKills(above, read)?.own)).toEqual([0, 0]);
});

describe.each([
  ['host', 'v2-systemd-host', 4242],
  ['container', 'v2-docker-inside', undefined],
])('version 2, a container seen from its %s', (_, name, pid) => {
  const { read, cgroup } = recorded(name, pid);

  test('all figures', () => {
    expect(readMemory(cgroup, read)).toEqual({
      usageBytes: 181403648,
      peakBytes: 512 * MiB,
      anonymousBytes: 96468992,
      sharedBytes: 4 * MiB,
      kernelBytes: 4792320,
      reclaimableBytes: 30408704 + 45088768,
    });
    expect(readKills(cgroup, read)).toEqual({ own: 2, hierarchical: 2, ownLimitHits: 2 });
    expect(readCpu(cgroup, read)).toEqual({
      usageUs: 1234567,
      periods: 212,
      throttledPeriods: 197,
      throttledUs: 8123456,
    });
    expect(readPids(cgroup, read)).toEqual({ current: 7, refused: 4 });
  });
});

test('version 2: the slice around counts the kills of all below it, and its own apart', () => {
  const { read, cgroup } = recorded('v2-systemd-host', 4242);
  expect(readKills(ancestorsOf(cgroup)[0]!, read)).toEqual({ own: 0, hierarchical: 3, ownLimitHits: 0 });
});

test('version 2: the root has no figures of memory', () => {
  const { read, cgroup } = recorded('v2-systemd-host');
  const root = ancestorsOf(cgroup).at(-1)!;
  expect([readMemory(root, read), readKills(root, read), readPids(root, read)]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
  expect(readCpu(root, read)?.usageUs).toBe(982145632);
});

test('version 2 of Linux 5.10: no peak, kernel memory in parts', () => {
  const { read, cgroup } = recorded('v2-docker-inside-linux-5.10');
  expect(readMemory(cgroup, read)).toEqual({
    usageBytes: 50331648,
    anonymousBytes: 30408704,
    sharedBytes: 0,
    kernelBytes: 294912 + 540672 + 1152 + 1622016,
    reclaimableBytes: 9461760 + 6758400,
  });
  expect(readKills(cgroup, read)).toEqual({ own: 0, hierarchical: 0, ownLimitHits: 0 });
});

test('a cgroup that is gone, or a controller that is not at work, has no figures', () => {
  for (const version of [1, 2] as const) {
    expect(parseMemoryFigures({}, version)).toBeUndefined();
    expect(parseCpuFigures({}, version)).toBeUndefined();
    expect(parseKills({}, version)).toBeUndefined();
  }
  expect(parsePids({})).toBeUndefined();
  expect(parseMemoryFigures({ 'memory.current': '' }, 2)).toBeUndefined();
});

test('without a quota nothing was throttled', () => {
  expect(parseCpuFigures({ 'cpu.stat': 'usage_usec 5\nuser_usec 4\nsystem_usec 1\n' }, 2)).toEqual({
    usageUs: 5,
    periods: 0,
    throttledPeriods: 0,
    throttledUs: 0,
  });
  expect(parseCpuFigures({ 'cpuacct.usage': '1234567000\n' }, 1)?.usageUs).toBe(1234567);
});
