import type { Environment } from '@seaworthy/scenario';
import { expect, it } from 'vitest';
import { limitsCpuLimits } from '../../../src/scenarios/limits-cpu/limits-cpu-limits.ts';
import { planLimitsCpu } from '../../../src/scenarios/limits-cpu/limits-cpu-plan.ts';
import { defaultsOf } from '../defaults-of.ts';

const limits = defaultsOf(limitsCpuLimits);
const host: Environment = { project: { root: '/project' }, cores: 2, memoryBytes: 8e9 };
const declaring = (cpus: number): Environment => ({
  ...host,
  subject: {
    kind: 'image',
    endpoint: { kind: 'socket', path: '/var/run/docker.sock' },
    image: 'sha256:1',
    name: 'shop-tests:latest',
    limits: { cpus },
  },
});

it.each([
  ['what is declared, where it is small', declaring(0.1), {}, 0.1],
  ['a quarter of a core of a large quota, which a busy machine can still give', declaring(1), {}, 0.25],
  ['a quarter of a core where nothing is declared', host, {}, 0.25],
  ['as much as the settings say', host, { cpus: 0.5 }, 0.5],
  ['as much as the settings say of a large quota', declaring(2), { cpus: 0.5 }, 0.5],
] as const)('takes %s', (_, environment, settings, cpus) => {
  expect(planLimitsCpu(environment, limits, settings).sandbox.request.cpus).toBe(cpus);
});
