import { join } from 'node:path';
import { connectEngine } from '@seaworthy/container-engine';
import { beforeAll, describe, expect, test } from 'vitest';
import { LIMITS, SANDBOX, type Found } from './own-cgroup/found.ts';
import { runProgram } from './own-cgroup/run-program.ts';

const MIB = 2 ** 20;

let found: Found;
beforeAll(async () => {
  const program = join(import.meta.dirname, 'own-cgroup/program.ts');
  found = JSON.parse(await runProgram(await connectEngine({ timeoutMs: 500_000 }), program)) as Found;
});

test('the control group of a container is found as its machine sees it', () => {
  const { version, folders, tops } = found.own;
  expect(version).toBe(2);
  expect(folders.memory).toMatch(/^\/sys\/fs\/cgroup\/system\.slice\/docker-[0-9a-f]{64}\.scope$/);
  expect(tops.memory).toBe('/sys/fs/cgroup');
});

describe.each(['beside', 'delegated'] as const)('a control group that is made %s', (place) => {
  test('lies there, and is gone afterwards', () => {
    const { folders, isLeft } = found[place];
    const around = place === 'beside' ? '/sys/fs/cgroup/system.slice' : '/sys/fs/cgroup/delegated';
    expect(folders).toEqual([expect.stringMatching(`^${around}/seaworthy-[^/]+-seen-\\d+$`)]);
    expect(isLeft).toBe(false);
  });

  test('has the limits that were asked for, in the files of the kernel and read back', () => {
    const { texts, limits, own } = found[place];
    expect(texts).toEqual([String(LIMITS.memoryBytes), '0', '50000 100000', String(LIMITS.pids)]);
    expect(limits).toEqual({ ...LIMITS, memorySwapBytes: LIMITS.memoryBytes });
    expect(own).toBe(true);
  });

  test('tells the figures of what runs in it', () => {
    const { memory, cpu, pids, kills } = found[place].figures ?? {};
    expect(memory?.usageBytes).toBeLessThan(LIMITS.memoryBytes);
    expect(memory?.peakBytes).toBeGreaterThanOrEqual(memory?.usageBytes ?? Infinity);
    expect(cpu?.usageUs).toBeGreaterThanOrEqual(0);
    expect(pids).toEqual({ current: 1, refused: 0 });
    expect(kills).toEqual({ own: 0, hierarchical: 0, ownLimitHits: 0 });
  });

  test('leaves the one that it was made in as it was', () => {
    const [before, after] = found[place].passedOn;
    expect(after).toBe(before);
  });
});

test('none is made in one that holds processes with nothing around it, and that one stays as it was', () => {
  expect(found.closed).toEqual({ made: false, passedOn: ['', ''], type: 'domain' });
});

describe.each(['python', 'native'] as const)('a sandbox of tier cgroup-v2 with the %s keeper', (keeper) => {
  test('has its limits, and its keeper reads the files of version 2', () => {
    const sandbox = found[keeper];
    expect(sandbox).toMatchObject({ tier: 'cgroup-v2', effective: SANDBOX, differences: [] });
    expect(sandbox).toMatchObject({ gauge: 'cgroup-files', keeperVersion: 2 });
    expect(sandbox.keeperFiles).toEqual(
      expect.arrayContaining(['memory.current', 'memory.stat', 'memory.events', 'cpu.stat']),
    );
  });

  test('is filled to three quarters by two, and holds it', () => {
    const { held } = found[keeper];
    expect(held).toMatchObject({ outcome: 'held', reached: true, measuredBy: 'cgroup-files', deaths: [] });
    expect(held.reachedShare).toBeCloseTo(0.75, 2);
    expect(held.killsAfter).toBe(0);
    expect(held.leftBytes).toBeLessThan(SANDBOX.memoryBytes / 4);
  });

  test('is stopped by its quota of CPU time, or had no core to use it up', () => {
    const { busy } = found[keeper];
    expect(busy).toMatchObject({ outcome: 'held', quotaCores: SANDBOX.cpus, measuredBy: 'cgroup-files' });
    expect(busy.meanShare).toBeLessThan(1.05);
    expect(busy.usageMs).toBeGreaterThan(0);
    expect(busy.periods).toBeGreaterThan(0);
    expect(busy.contended || (busy.throttledPeriods ?? 0) > 0).toBe(true);
  });

  test('over the limit a victim is killed, by its own limit, as keeper and gauge say', () => {
    const { over, ending, death } = found[keeper];
    expect(over).toMatchObject({ outcome: 'killed', killsBefore: 0, killsAfter: 1 });
    expect(ending).toMatchObject({ signal: 'SIGKILL', killsBefore: 0, killsAfter: 1 });
    expect(ending?.peakBytes).toBeGreaterThan(SANDBOX.memoryBytes - MIB);
    const { memoryBytes } = SANDBOX;
    expect(death).toMatchObject({ by: 'own-limit', certainty: 'certain', limitBytes: memoryBytes });
  });
});
