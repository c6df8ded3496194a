import { createRunRecord } from '@seaworthy/run-record';
import type { RunRecord, RunRecordParts } from '@seaworthy/run-record';
import type { Finding, ScenarioResult } from '@seaworthy/scenario';

export function aFinding(changes: Partial<Finding> = {}): Finding {
  return {
    code: 'IMP006',
    severity: 'error',
    message: 'A cycle of 7 modules, at most 5 are allowed',
    measured: { value: 7, unit: 'count' },
    limit: { name: 'maxLength', bound: 'most', value: 5, unit: 'count' },
    location: { path: 'shop/orders.py', line: 2, column: 6 },
    evidence: ['shop.orders -> shop.billing', 'shop.billing -> shop.orders'],
    cause: { text: 'orders imports billing for a type only', certainty: 'certain' },
    fix: { text: 'move it below TYPE_CHECKING', location: { path: 'shop/orders.py', line: 2 } },
    ...changes,
  };
}

export function aResult(changes: Partial<ScenarioResult> = {}): ScenarioResult {
  return {
    id: 'imports/project',
    title: 'Cycles of the project',
    verdict: 'passed',
    findings: [],
    reasons: [],
    limits: { maxLength: 5 },
    limitSources: { maxLength: 'seaworthy.config.ts:12' },
    metrics: [],
    startedAt: '2026-11-24T06:00:00.000Z',
    durationMs: 1234.5678,
    ...changes,
  };
}

export function aRecord(
  results: readonly ScenarioResult[],
  changes: Partial<RunRecordParts> = {},
): RunRecord {
  return createRunRecord({
    runId: 'run-1',
    startedAt: new Date('2026-11-24T06:00:00Z'),
    durationMs: 65_432.1,
    toolVersion: '0.1.0',
    seed: 7,
    machine: {
      os: 'Debian 12',
      kernel: '6.1',
      architecture: 'x64',
      cpu: 'Some CPU',
      cores: 8,
      memoryBytes: 2 ** 34,
      effective: {
        cgroup: 'none',
        cores: 8,
        coresFrom: 'machine',
        memoryBytes: 2 ** 34,
        memoryFrom: 'machine',
      },
      node: '24.11.0',
    },
    project: { root: '/srv/shop' },
    planned: results.map(({ id }) => id),
    results,
    catalogue: { IMP006: { title: 'cycle that is too long', meaning: 'm', causes: ['c'], fixes: ['f'] } },
    ...changes,
  });
}
