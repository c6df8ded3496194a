import type { FaultState, ScenarioResult, Verdict } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { concludeProofs } from '../src/commands/proof-conclusion.ts';
import { conclude } from '../src/commands/run-conclusion.ts';
import type { ConclusionOptions } from '../src/commands/run-conclusion.ts';
import { worstExitCode } from '../src/exit-code.ts';

function results(...verdicts: readonly Verdict[]): readonly ScenarioResult[] {
  return verdicts.map((verdict, index) => ({
    id: `group/s${String(index)}`,
    title: '',
    verdict,
    findings: [],
    reasons: [],
    limits: {},
    limitSources: {},
    metrics: [],
    startedAt: '',
    durationMs: 0,
  }));
}

test.each<[readonly Verdict[], Partial<ConclusionOptions>, number]>([
  [['passed', 'passed'], {}, 0],
  [['passed', 'failed'], {}, 1],
  [['failed', 'error'], {}, 70],
  [['passed', 'inconclusive'], {}, 0],
  [['passed', 'inconclusive'], { strict: true }, 4],
  [['passed', 'skipped'], {}, 0],
  [['passed', 'skipped'], { strict: true }, 3],
  [['passed', 'skipped'], { isRequired: (id) => id === 'group/s1' }, 3],
  [['passed', 'skipped'], { isRequired: (id) => id === 'group/s0' }, 0],
  [['skipped', 'skipped'], {}, 3],
  [['failed', 'skipped', 'inconclusive'], { strict: true }, 1],
  [['passed'], { interrupted: 'deadline' }, 4],
  [['failed'], { interrupted: 'deadline' }, 1],
])('%j %j ends with %i', (verdicts, options, code) => {
  expect(conclude(results(...verdicts), { isRequired: () => false, strict: false, ...options })).toBe(code);
});

test('a disk that was full is no defect of seaworthy', () => {
  const [broken] = results('error');
  const full = [
    { ...broken, error: { message: 'ENOSPC: no space left on device, write' } } as ScenarioResult,
  ];
  expect(conclude(full, { isRequired: () => false, strict: false })).toBe(2);
});

test('of several codes the documented one wins', () => {
  const order = [2, 70, 1, 4, 3];
  for (const [index, code] of order.entries()) expect(worstExitCode([0, ...order.slice(index)])).toBe(code);
});

test.each<[readonly FaultState[], boolean, number]>([
  [['caught', 'caught'], true, 0],
  [['caught', 'survived'], true, 1],
  [['caught', 'wrong-finding'], true, 1],
  [['caught', 'not-applied'], true, 1],
  [['caught', 'void'], true, 1],
  [['caught', 'environment-missing'], true, 3],
  [['survived', 'environment-missing'], true, 1],
  [['caught'], false, 4],
])('proofs %j, complete %s, end with %i', (states, complete, code) => {
  const faults = states.map((state) => ({
    scenario: '',
    fault: '',
    breaks: '',
    raises: '',
    state,
    raised: [],
    durationMs: 0,
  }));
  expect(concludeProofs([{ faults }], complete)).toBe(code);
});
