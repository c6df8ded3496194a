import type { ContainerLimits, Environment } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { planDescriptorSandbox } from '../../../src/scenarios/limits-descriptors/limits-descriptors-plan.ts';
import { planLimitsDisk } from '../../../src/scenarios/limits-disk/limits-disk-plan.ts';
import { leavingOut, planSandbox, withLimits } from '../../../src/scenarios/sandbox/sandbox-plan.ts';
import { MIB } from '../observed.ts';

const host: Environment = { project: { root: '/project' }, cores: 2, memoryBytes: 8e9 };
const image = (limits: ContainerLimits): Environment => ({
  ...host,
  subject: {
    kind: 'image',
    endpoint: { kind: 'socket', path: '/var/run/docker.sock' },
    image: 'sha256:1',
    name: 'shop-tests:latest',
    limits,
  },
});

describe('planSandbox', () => {
  it('takes what the project declares before everything else', () => {
    const { request } = planSandbox(
      image({
        memoryBytes: 512 * MIB,
        cpus: 0.5,
        pids: 100,
        ulimits: [{ name: 'nofile', soft: 2048, hard: 4096 }],
      }),
      { memoryBytes: 128 * MIB, descriptors: 64 },
      { cpus: 0.25 },
    );
    expect(request).toMatchObject({ memoryBytes: 512 * MIB, cpus: 0.5, pids: 100, descriptors: 2048 });
  });

  it('never takes more than 1 GiB of memory, nor a disk of more than two fifths of it', () => {
    const { request } = planSandbox(image({ memoryBytes: 64_000 * MIB }), { diskBytes: 900 * MIB });
    expect(request).toMatchObject({ memoryBytes: 1024 * MIB, diskBytes: Math.floor(409.6 * MIB) });
  });

  it('says that it takes less than is declared, and why', () => {
    const less = (bytes: number) => planSandbox(image({ memoryBytes: bytes }), {}).lessThanDeclared;
    expect(less(1024 * MIB)).toBeUndefined();
    expect(less(2048 * MIB)).toEqual({
      declaredBytes: 2048 * MIB,
      because: 'no sandbox is given more than 1 GiB',
    });
    expect(less(64 * 1024 * MIB)?.because).toBe(
      'no sandbox is given more than 1 GiB, and this machine has 7.5 GiB',
    );
    expect(planSandbox(host, { memoryBytes: 2048 * MIB }).lessThanDeclared).toBeUndefined();
  });

  it('takes no more memory than limits/descriptors and limits/disk need', () => {
    const environment = image({ memoryBytes: 2048 * MIB });
    const bytesOf = (sandbox: { request: { memoryBytes: number } }) => sandbox.request.memoryBytes;
    expect(bytesOf(planDescriptorSandbox(environment, {}))).toBe(98 * MIB);
    expect(bytesOf(planLimitsDisk(environment, {}).sandbox)).toBe(128 * MIB);
    expect(bytesOf(planLimitsDisk(environment, { diskBytes: 400 * MIB }).sandbox)).toBe(1000 * MIB);
    expect(bytesOf(planDescriptorSandbox(image({ memoryBytes: 64 * MIB }), {}))).toBe(64 * MIB);
  });

  it.each([0, -1])('takes %i for no limit, as engines do', (value) => {
    const { request } = planSandbox(image({ memoryBytes: value, cpus: value, pids: value }), {});
    expect(request).toMatchObject({ memoryBytes: 256 * MIB, cpus: 1, pids: 64 });
  });

  it('takes settings where nothing is declared, and small sizes without any', () => {
    expect(planSandbox(host, { memoryBytes: 300 * MIB, tier: 'rlimit' })).toMatchObject({
      request: { memoryBytes: 300 * MIB, descriptors: 1024, diskBytes: 16 * MIB },
      tier: 'rlimit',
      without: [],
      keepFreeBytes: null,
    });
    expect(planSandbox(host, { keepFreeBytes: 4096 }).keepFreeBytes).toBe(4096);
  });
});

it('faults change a copy', () => {
  const plan = { sandbox: planSandbox(host, {}) };
  expect(leavingOut(leavingOut(plan, 'memory'), 'disk').sandbox.without).toEqual(['memory', 'disk']);
  expect(withLimits(plan, { descriptors: 5 }).sandbox.request.descriptors).toBe(5);
  expect(plan).toEqual({ sandbox: planSandbox(host, {}) });
});
