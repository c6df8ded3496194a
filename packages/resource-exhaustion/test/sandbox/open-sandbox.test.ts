import { existsSync, readFileSync } from 'node:fs';
import { connectEngine } from '@seaworthy/container-engine';
import { openWorkspace, type Environment, type Workspace } from '@seaworthy/scenario';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox, Tier } from '../../src/model/sandbox.ts';
import { compareReceipts } from '../../src/safety/compare-receipts.ts';
import { hostReceipt } from '../../src/safety/host-receipt.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';
import type { LeftOut, SandboxOptions } from '../../src/sandbox/sandbox-options.ts';
import { hostEnvironment, imageEnvironment } from './places.ts';

const MIB = 2 ** 20;
const LIMITS = {
  memoryBytes: 64 * MIB,
  cpus: 0.5,
  pids: 16,
  descriptors: 128,
  diskBytes: 8 * MIB,
};

let workspace: Workspace;
let environment: Environment;
beforeAll(async () => {
  workspace = await openWorkspace();
  environment = await imageEnvironment();
});
afterAll(() => workspace[Symbol.asyncDispose]());

const open = (options: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  openSandbox({
    environment,
    workspace,
    signal: new AbortController().signal,
    request: LIMITS,
    ...options,
  });

/** Which version of cgroups limits memory here. */
const cgroupTier: Tier = existsSync('/sys/fs/cgroup/cgroup.controllers') ? 'cgroup-v2' : 'cgroup-v1';

describe.each(['container', cgroupTier] as const)('tier %s', (tier) => {
  test('what is declared is in force, and nothing is left afterwards', async () => {
    const engine = await connectEngine();
    const before = await hostReceipt(engine, { runs: [workspace.runId] });
    {
      await using sandbox = await open({ tier });
      expect(sandbox).toMatchObject({
        tier,
        declared: LIMITS,
        effective: LIMITS,
        differences: [],
        notHad: [],
      });
      expect(sandbox.name).toMatch(
        /^(container of seaworthy-test\/debian|control group).*, 64 MiB, 0\.5 CPUs$/,
      );
      expect(sandbox.gauge.source).toBe('cgroup-files');
      const during = await hostReceipt(engine, { runs: [workspace.runId] });
      expect(compareReceipts(before, during).join()).toMatch(
        tier === 'container' ? /container seaworthy-\S+-sandbox-\d+ is left/ : /control group \S+ is left/,
      );
    }
    const after = await hostReceipt(engine, { runs: [workspace.runId] });
    const folders = { folders: after.folders };
    expect(compareReceipts({ ...before, ...folders }, after, Infinity)).toEqual([]);
  });

  test('a victim that takes too much is killed, and its keeper keeps the next one', async () => {
    await using sandbox = await open({ tier });
    const greedy = await sandbox.keeper.startVictim();
    expect(await greedy.memory(2 * LIMITS.memoryBytes)).toMatchObject({ outcome: 'died' });
    expect(await greedy.ended).toMatchObject({ signal: 'SIGKILL', killsAfter: 1 });
    const reading = await sandbox.gauge.read();
    expect(reading.kills?.own).toBe(1);
    expect(reading.memory?.peakBytes).toBeLessThanOrEqual(LIMITS.memoryBytes);
    const modest = await sandbox.keeper.startVictim();
    expect(await modest.memory(4 * MIB)).toMatchObject({ outcome: 'done' });
  });

  test('what victims hold is seen from outside: memory, disk, files, descriptors, processes', async () => {
    await using sandbox = await open({ tier });
    const empty = await sandbox.gauge.read();
    const victim = await sandbox.keeper.startVictim();
    await victim.memory(20 * MIB);
    await victim.descriptors(30);
    const full = await victim.disk(`${sandbox.diskFolder}/file`, 'untilFull');
    expect(full).toMatchObject({ outcome: 'refused', error: 'ENOSPC' });
    const held = await sandbox.gauge.read();
    const more = (of: (reading: typeof held) => number | undefined): number =>
      (of(held) ?? NaN) - (of(empty) ?? NaN);
    expect(more(({ memory }) => memory?.anonymousBytes)).toBeGreaterThanOrEqual(20 * MIB);
    expect(more(({ memory }) => memory?.sharedBytes)).toBe(LIMITS.diskBytes);
    expect(held.disk).toMatchObject({ sizeBytes: LIMITS.diskBytes, freeBytes: 0 });
    expect(more(({ disk }) => disk?.files)).toBe(1);
    expect(more(({ pids }) => pids?.current)).toBe(1);
    expect(more(({ descriptors }) => descriptors?.size)).toBe(1);
    expect(Math.max(...(held.descriptors?.values() ?? []))).toBeGreaterThanOrEqual(30);
  });

  test.each([
    ['memory', 'memoryBytes'],
    ['cpus', 'cpus'],
    ['pids', 'pids'],
    ['descriptors', 'ulimit nofile'],
    ['disk', expect.stringMatching(/^tmpfs /)],
  ] as const)('a limit that is left out is told: %s', async (left: LeftOut, name: unknown) => {
    await using sandbox = await open({ tier, without: [left] });
    expect(sandbox.declared).toEqual(LIMITS);
    expect(sandbox.differences).toEqual([expect.objectContaining({ name })]);
  });
});

describe('tier rlimit', () => {
  test('limits each process, and says what nobody enforces', async () => {
    await using sandbox = await open({ tier: 'rlimit' });
    expect(sandbox.effective).toEqual({
      memoryBytes: LIMITS.memoryBytes,
      descriptors: LIMITS.descriptors,
      diskBytes: LIMITS.diskBytes,
    });
    expect(sandbox.differences.map(({ name }) => name)).toEqual(['cpus', 'pids']);
    expect(sandbox.name).toMatch(/^process limits .*\(of each process alone\), 64 MiB$/);
    const victim = await sandbox.keeper.startVictim();
    expect(await victim.memory(2 * LIMITS.memoryBytes)).toMatchObject({ outcome: 'refused' });
    expect(await victim.disk(`${sandbox.diskFolder}/file`, 4 * LIMITS.diskBytes)).toMatchObject({
      outcome: 'refused',
      error: 'EFBIG',
    });
    await victim.release();
    await victim.memory(20 * MIB);
    const reading = await sandbox.gauge.read();
    expect(sandbox.gauge.source).toBe('proc');
    expect(reading.memory?.anonymousBytes).toBeGreaterThanOrEqual(20 * MIB);
    expect(reading.descriptors?.size).toBe(2);
  });
});

describe('tier self-limited', () => {
  test('says that memory is not enforced, and fills no disk', async () => {
    await using sandbox = await open({ tier: 'self-limited' });
    expect(sandbox.effective).toEqual({ descriptors: LIMITS.descriptors, diskBytes: LIMITS.diskBytes });
    expect(sandbox.name).toMatch(/only open files and the size of each file are enforced/);
    const victim = await sandbox.keeper.startVictim();
    expect(await victim.disk(`${sandbox.diskFolder}/file`, 'untilFull')).toMatchObject({ error: 'EFBIG' });
  });

  test('fills no disk either where its limit is left out', async () => {
    await using sandbox = await open({ tier: 'self-limited', without: ['disk'] });
    const victim = await sandbox.keeper.startVictim();
    const { figures } = await victim.disk(`${sandbox.diskFolder}/file`, 'untilFull');
    expect(figures['writtenBytes']).toBeLessThanOrEqual(4 * LIMITS.diskBytes);
  });
});

describe('the best tier', () => {
  test('is a container of the project’s image', async () => {
    await using sandbox = await open();
    expect(sandbox).toMatchObject({ tier: 'container', notHad: [] });
  });

  test('is the next one where there is an engine and no image', async () => {
    const { subject: _, ...without } = environment;
    await using sandbox = await open({ environment: without });
    expect(sandbox.tier).toBe(cgroupTier);
    expect(sandbox.notHad).toEqual([
      { tier: 'container', why: 'no image was given (environment.subject is not set)' },
    ]);
  });

  test('is the next one where no engine is known either', async () => {
    const environmentOfHost = { ...hostEnvironment(), subject: { kind: 'host' } as const };
    await using sandbox = await open({ environment: environmentOfHost });
    expect(sandbox.tier).toBe(cgroupTier);
    expect(sandbox.notHad?.[0]?.why).toMatch(/no container engine answers.*environment\.engine/);
  });

  test('takes what the subject declares, and no more than 1 GiB of it', async () => {
    const large = await imageEnvironment('seaworthy-test/debian:latest', {
      memoryBytes: 64 * 2 ** 30,
      cpus: 0.75,
      pids: 32,
    });
    await using sandbox = await open({ environment: large, request: {} });
    expect(sandbox.effective).toMatchObject({ memoryBytes: 2 ** 30, cpus: 0.75, pids: 32 });
    expect(sandbox.differences).toEqual([]);
  });
});

describe('where the subject is an image, no other place is taken for a container of it', () => {
  const withImage = (change: object): Environment => {
    const { subject } = environment;
    if (subject?.kind !== 'image') throw new Error('Expected an image');
    return { ...environment, subject: { ...subject, ...change } };
  };

  test('where no engine answers, which says where it was looked for', async () => {
    const endpoint = { kind: 'socket', path: '/nowhere/docker.sock' } as const;
    await expect(open({ environment: withImage({ endpoint }) })).rejects.toMatchObject({
      name: 'EnvironmentMissing',
      missing: {
        what: expect.stringMatching(/No container engine answers.*\/nowhere\/docker\.sock/s) as string,
      },
    });
  });

  test('where the image is gone', async () => {
    const image = 'seaworthy-test/of-nobody:latest';
    await expect(open({ environment: withImage({ image }) })).rejects.toMatchObject({
      name: 'EnvironmentMissing',
      missing: { what: expect.stringContaining('has no image seaworthy-test/of-nobody:latest') as string },
    });
  });

  test('where a limit is refused, which says where it is declared', async () => {
    const declared = { service: 'tests', declaredAt: { path: 'compose.yaml', line: 4, column: 3 } };
    const request = { ...LIMITS, cpus: 10_000 };
    await expect(open({ environment: withImage(declared), request })).rejects.toMatchObject({
      name: 'EnvironmentMissing',
      missing: {
        what: expect.stringMatching(/declared \(service tests, compose\.yaml:4\): .*CPUs/) as string,
        how: expect.stringContaining('exhaustion.tier') as string,
      },
    });
  });

  test('unless it is named', async () => {
    const endpoint = { kind: 'socket', path: '/nowhere/docker.sock' } as const;
    await using sandbox = await open({ environment: withImage({ endpoint }), tier: cgroupTier });
    expect(sandbox.tier).toBe(cgroupTier);
  });
});

test.each([Number.NaN, Infinity, 2 ** 31, -1])('a deadline of %d ms is a mistake', async (deadlineMs) => {
  await expect(open({ deadlineMs })).rejects.toMatchObject({ name: 'UsageError', code: 'REQUEST_TIME' });
});

describe('a tier that is demanded', () => {
  test('and cannot be had is a mistake of the user, with why', async () => {
    const other: Tier = cgroupTier === 'cgroup-v1' ? 'cgroup-v2' : 'cgroup-v1';
    await expect(open({ tier: other })).rejects.toThrow(
      expect.objectContaining({
        name: 'UsageError',
        code: 'NO_SANDBOX',
        message: `The sandbox was to be of tier ${other}, which cannot be had here: this machine has ${cgroupTier} instead. Leave the tier out to get the best that can.`,
      }),
    );
    await expect(open({ tier: 'container', environment: hostEnvironment() })).rejects.toThrow(
      /of tier container, which cannot be had here: no image was given/,
    );
  });

  test('in an image without the Python that is demanded says so', async () => {
    const tiny = await imageEnvironment('seaworthy-test/tiny:latest');
    await expect(open({ tier: 'container', keeper: 'python', environment: tiny })).rejects.toThrow(
      /cannot run the command python3/,
    );
  });
});

describe('sizes', () => {
  test('that are impossible are refused before anything is made', async () => {
    await expect(open({ request: { memoryBytes: 0 } })).rejects.toThrow(
      expect.objectContaining({ code: 'SANDBOX_LIMIT' }),
    );
    await expect(open({ request: { memoryBytes: -5 } })).rejects.toThrow(/above 0, got -5/);
    await expect(open({ request: { memoryBytes: 8 * MIB } })).rejects.toThrow(
      /the least that works is 16 MiB/,
    );
    await expect(open({ request: { memoryBytes: 2 ** 50 } })).rejects.toThrow(
      /more than this machine can spare/,
    );
  });

  test.each(['container', cgroupTier] as const)('that are the least really work: %s', async (tier) => {
    const least = { memoryBytes: 16 * MIB, cpus: 0.05, pids: 4, descriptors: 32, diskBytes: 64 * 1024 };
    const request = { ...least, memoryBytes: 16 * MIB + 64 * 1024 };
    await using sandbox = await open({ tier, request });
    const victim = await sandbox.keeper.startVictim();
    expect(await victim.exercise()).toMatchObject({
      outcome: 'done',
      figures: { openFile: 1, spawn: 1, importModule: 1 },
    });
  });
});

describe('the native keeper', () => {
  test('is what runs in an image without Python', async () => {
    const tiny = await imageEnvironment('seaworthy-test/tiny:latest');
    const request = { ...LIMITS, memoryBytes: 6 * MIB + 64 * 1024, diskBytes: 64 * 1024, descriptors: 32 };
    await using sandbox = await open({ environment: tiny, request });
    expect(sandbox).toMatchObject({ tier: 'container', differences: [] });
    const victim = await sandbox.keeper.startVictim();
    expect(await victim.memory(1 * MIB)).toMatchObject({ outcome: 'done' });
    expect(await victim.memory(16 * MIB)).toMatchObject({ outcome: 'died' });
    expect(await victim.ended).toMatchObject({ signal: 'SIGKILL', killsAfter: 1 });
  });

  test.each([
    [cgroupTier, 6 * MIB + 64 * 1024],
    ['rlimit', 24 * MIB + 64 * 1024],
  ] as const)('runs on a machine without Python: %s', async (tier, memoryBytes) => {
    const { python: _, ...without } = hostEnvironment();
    const request = { ...LIMITS, memoryBytes, diskBytes: 64 * 1024, descriptors: 32 };
    await using sandbox = await open({ tier, environment: without, request });
    const victim = await sandbox.keeper.startVictim();
    expect(await victim.exercise()).toMatchObject({ outcome: 'done', figures: { openFile: 1 } });
  });
});

test.each([cgroupTier, 'rlimit', 'container'] as const)(
  'victims of a keeper that is killed do not live on: %s',
  async (tier) => {
    await using sandbox = await open({ tier });
    const victim = await sandbox.keeper.startVictim();
    await victim.cpu(0.2);
    const [keeper, one] = [...((await sandbox.gauge.read()).descriptors?.keys() ?? [])].sort((a, b) => a - b);
    if (keeper === undefined || one === undefined) throw new Error('Expected a keeper and a victim');
    process.kill(keeper, 'SIGKILL');
    await victim.ended;
    const state = (): string =>
      existsSync(`/proc/${one}`)
        ? readFileSync(`/proc/${one}/stat`, 'latin1').replace(/.*\) (.).*/s, '$1')
        : 'gone';
    await expect.poll(state, { timeout: 30_000 }).toMatch(/^(gone|Z)$/);
  },
);

describe('whoever hangs', () => {
  test('is ended at the deadline, victims and all', async () => {
    await using sandbox = await open({ tier: cgroupTier, deadlineMs: 500 });
    const victim = await sandbox.keeper.startVictim().catch(() => undefined);
    await sandbox.keeper.ended;
    await victim?.ended;
  });

  test('is ended by the signal of who opened it', async () => {
    const controller = new AbortController();
    await using sandbox = await open({ tier: cgroupTier, signal: controller.signal });
    controller.abort();
    await sandbox.keeper.ended;
  });

  test('is ended when the machine falls below its floor', async () => {
    const machine = { totalBytes: 2 ** 50, availableBytes: 2 ** 49 };
    await using sandbox = await open({ tier: cgroupTier, machine });
    await sandbox.keeper.ended;
  });

  test('a signal that came before opens nothing', async () => {
    await expect(open({ signal: AbortSignal.abort() })).rejects.toThrow(/aborted/);
  });
});
