import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, onTestFinished, test } from 'vitest';
import type { GaugeReading } from '../../src/model/gauge.ts';
import { keepFiles } from '../../src/gauge/kept-files.ts';
import { keeperGauge } from '../../src/gauge/keeper-gauge.ts';
import { insideProcessGauge } from '../../src/gauge/proc-gauge.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';
import { hostEnvironment, imageEnvironment } from '../sandbox/places.ts';

const MIB = 2 ** 20;
const request = { memoryBytes: 64 * MIB, cpus: 1, pids: 16, descriptors: 128, diskBytes: 8 * MIB };
const { signal } = new AbortController();

/** Memory that victims hold; caches, and what the kernel charges in advance, come and go. */
const held = ({ memory }: GaugeReading): number => (memory?.anonymousBytes ?? 0) + (memory?.sharedBytes ?? 0);

test('what the keeper reads inside of a container is what is read on this machine', async () => {
  await using workspace = await openWorkspace();
  await using sandbox = await openSandbox({
    environment: await imageEnvironment(),
    workspace,
    signal,
    request,
  });
  const victim = await sandbox.keeper.startVictim();
  await victim.memory(16 * MIB);
  await victim.disk(`${sandbox.diskFolder}/file`, 4 * MIB);
  const inside = await keeperGauge(sandbox.keeper.inside, sandbox.diskFolder).read();
  const outside = await sandbox.gauge.read();
  expect([sandbox.gauge.source, Object.keys(inside).sort()]).toEqual([
    'cgroup-files',
    Object.keys(outside).sort(),
  ]);
  expect(held(inside)).toBeGreaterThanOrEqual(20 * MIB);
  expect(Math.abs(held(inside) - held(outside))).toBeLessThan(MIB);
  expect(inside).toMatchObject({ kills: outside.kills, pids: outside.pids });
  expect(inside.disk).toMatchObject({ sizeBytes: 8 * MIB, freeBytes: 4 * MIB });
  const counts = (reading: GaugeReading): number[] => [...(reading.descriptors?.values() ?? [])];
  expect(counts(inside).length).toBe(2);
  expect(counts(inside).sort()).toEqual(counts(outside).sort());
  expect(inside.cpu?.usageUs).toBeLessThanOrEqual(outside.cpu?.usageUs ?? 0);
});

test('sums over processes are the same from /proc and from the keeper, and CPU time does not go back', async () => {
  await using workspace = await openWorkspace();
  await using sandbox = await openSandbox({
    environment: hostEnvironment(),
    workspace,
    signal,
    request,
    tier: 'rlimit',
  });
  const victim = await sandbox.keeper.startVictim();
  await victim.memory(16 * MIB);
  const inside = await insideProcessGauge(sandbox.keeper.inside, () => undefined).read();
  const outside = await sandbox.gauge.read();
  expect([inside.pids, inside.descriptors?.size]).toEqual([outside.pids, 2]);
  expect(Math.abs((inside.memory?.usageBytes ?? 0) - (outside.memory?.usageBytes ?? NaN))).toBeLessThan(MIB);
  await victim.end();
  const after = await sandbox.gauge.read();
  expect(after.pids?.current).toBe(1);
  expect(after.cpu?.usageUs).toBeGreaterThanOrEqual(outside.cpu?.usageUs ?? NaN);
});

test('a gauge of what is gone says nothing, and does not throw', async () => {
  await using workspace = await openWorkspace();
  const sandbox = await openSandbox({
    environment: hostEnvironment(),
    workspace,
    signal,
    request,
  });
  await sandbox[Symbol.asyncDispose]();
  expect(await sandbox.gauge.read()).toEqual({ at: expect.any(BigInt), descriptors: new Map() });
});

test('kept files show what is in them now, none that is not there, and nothing afterwards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-kept-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'file');
  const open = (): number =>
    readdirSync('/proc/self/fd').filter((one) => linkOf(`/proc/self/fd/${one}`) === path).length;
  {
    using files = keepFiles();
    writeFileSync(path, '17\n');
    expect(files.read(path)).toBe('17\n');
    writeFileSync(path, 'x'.repeat(40_000));
    expect(files.read(path)).toHaveLength(40_000);
    writeFileSync(path, '5');
    expect([files.read(path), files.read(join(folder, 'none'))]).toEqual(['5', undefined]);
    expect(open()).toBe(1);
    files[Symbol.dispose]();
    expect(files.read(path)).toBeUndefined();
  }
  expect(open()).toBe(0);
});

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined; // That of the listing itself.
  }
}
