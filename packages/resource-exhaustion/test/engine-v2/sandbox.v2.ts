import { parseCpuFigures, parseKills, parseMemoryFigures, parsePids } from '@seaworthy/cgroups';
import { openWorkspace, type Environment, type Workspace } from '@seaworthy/scenario';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attributeDeath } from '../../src/death/attribute-death.ts';
import { victimEvidence } from '../../src/death/victim-evidence.ts';
import { exhaustMemory } from '../../src/memory/exhaust-memory.ts';
import type { Sandbox } from '../../src/model/sandbox.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';
import { imageEnvironment } from '../sandbox/places.ts';

const MIB = 2 ** 20;
const request = { memoryBytes: 96 * MIB, cpus: 1, pids: 32, descriptors: 128, diskBytes: 8 * MIB };
const signal = new AbortController().signal;

let workspace: Workspace;
let environment: Environment;
beforeAll(async () => {
  workspace = await openWorkspace();
  environment = await imageEnvironment();
});
afterAll(() => workspace[Symbol.asyncDispose]());

function open(): Promise<Sandbox> {
  return openSandbox({ environment, workspace, signal, request, tier: 'container' });
}

test('a sandbox on another machine has the limits that were asked for, and its keeper tells the figures', async () => {
  await using sandbox = await open();
  expect(sandbox).toMatchObject({ tier: 'container', effective: request, differences: [] });
  expect(sandbox.gauge.source).toBe('keeper');
});

test('the files of the kernel are understood, and agree with what a victim took', async () => {
  await using sandbox = await open();
  const victim = await sandbox.keeper.startVictim();
  const before = await sandbox.gauge.read();
  await victim.memory(32 * MIB);
  const { version, texts } = await sandbox.keeper.inside.cgroupTexts();
  expect(version).toBe(2);
  const memory = parseMemoryFigures(texts, 2);
  const taken = (memory?.anonymousBytes ?? 0) - (before.memory?.anonymousBytes ?? 0);
  expect(taken).toBeGreaterThanOrEqual(32 * MIB);
  expect(taken).toBeLessThan(40 * MIB);
  expect(memory?.peakBytes).toBeGreaterThanOrEqual(memory?.usageBytes ?? Infinity);
  expect(parseKills(texts, 2)).toMatchObject({ own: 0, hierarchical: 0 });
  expect(parseCpuFigures(texts, 2)?.usageUs).toBeGreaterThan(0);
  expect(parsePids(texts)).toMatchObject({ refused: 0 });
});

test('three quarters of the limit are reached within a point, and held', async () => {
  await using sandbox = await open();
  const run = await exhaustMemory(sandbox, { share: 0.75, workers: 2, timeoutMs: 300_000, signal });
  expect(run).toMatchObject({ outcome: 'held', reached: true, measuredBy: 'keeper', deaths: [] });
  expect(run.reachedShare).toBeCloseTo(0.75, 2);
});

test('over the limit the victim is killed, by its own limit and nobody else', async () => {
  await using sandbox = await open();
  const run = await exhaustMemory(sandbox, { overLimitShare: 0.1, timeoutMs: 300_000, signal });
  expect(run.outcome).toBe('killed');
  const [death] = run.deaths;
  if (death === undefined) throw new Error('No death was told');
  expect(attributeDeath(victimEvidence(death, sandbox))).toMatchObject({
    by: 'own-limit',
    certainty: 'certain',
    limitBytes: request.memoryBytes,
  });
});
