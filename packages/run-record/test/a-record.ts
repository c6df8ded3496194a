import type { ScenarioResult } from '@seaworthy/scenario';
import { createRunRecord } from '../src/create-run-record.ts';
import type { RunRecord } from '../src/run-record.ts';

export const aResult: ScenarioResult = {
  id: 'imports/project',
  title: 'Cycles of the project',
  verdict: 'failed',
  findings: [
    {
      code: 'IMP006',
      severity: 'error',
      message: '2 cycles, at most 1',
      measured: { value: 2, unit: 'count' },
      limit: { name: 'maxCycles', bound: 'most', value: 1, unit: 'count' },
      location: { path: 'shop/orders.py', line: 3 },
    },
  ],
  reasons: [],
  limits: { maxCycles: 1 },
  limitSources: { maxCycles: 'seaworthy.config.ts:4' },
  metrics: [{ name: 'cycles', unit: 'count', value: 2 }],
  observation: { cycles: [['a', 'b']] },
  startedAt: '2026-11-24T06:00:00.000Z',
  durationMs: 41.5,
};

export const aRecord: RunRecord = createRunRecord({
  runId: 'run-1',
  startedAt: new Date('2026-11-24T06:00:00Z'),
  durationMs: 50,
  toolVersion: '0.1.0',
  seed: 7,
  machine: {
    os: 'Debian 12',
    kernel: '6.1',
    architecture: 'x64',
    cpu: 'Some CPU',
    cores: 8,
    memoryBytes: 2 ** 34,
    virtualisation: 'KVM',
    effective: {
      cgroup: 'v2',
      cores: 1.5,
      coresFrom: '/sys/fs/cgroup/cpu.max',
      memoryBytes: 2 ** 30,
      memoryFrom: '/sys/fs/cgroup/memory.max',
    },
    node: '24.11.0',
  },
  project: { root: '/srv/shop' },
  invocation: { workingFolder: '/srv' },
  planned: ['imports/project'],
  leftBehind: {
    left: ['container seaworthy-1-sandbox-1 is left'],
    availableBytes: { before: 2 ** 33, after: 2 ** 32 },
    temporaryFreeBytes: { before: 2 ** 35, after: 2 ** 35 },
  },
  results: [aResult],
  catalogue: {
    IMP006: { title: 'too many cycles', meaning: 'm', causes: ['c'], fixes: ['f'] },
    IMP007: { title: 'never raised', meaning: 'm', causes: ['c'], fixes: ['f'] },
  },
});
