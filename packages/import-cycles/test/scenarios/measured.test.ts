import { openWorkspace, runScenarios } from '@seaworthy/scenario';
import type { ScenarioResult } from '@seaworthy/scenario';
import { beforeAll, describe, expect, it } from 'vitest';
import { importScenarios } from '../../src/scenarios/index.ts';
import { environmentOf } from './environment-of.ts';
import { SMALL_PROJECT } from './small-project.ts';
import { temporaryProject } from './temporary-project.ts';
import { TIMED, UNHURRIED } from './without-timing.ts';

const scenarios = importScenarios({ verify: true });
let results: readonly ScenarioResult[] = [];

beforeAll(async () => {
  await using project = await temporaryProject(SMALL_PROJECT);
  await using workspace = await openWorkspace();
  results = await runScenarios(scenarios, {
    environment: environmentOf(project.root),
    workspace,
    overrides: UNHURRIED,
  });
}, 180_000);

const resultOf = (id: string): ScenarioResult => {
  const result = results.find((one) => one.id === id);
  if (result === undefined) throw new Error(`${id} has no result`);
  return result;
};
const metricOf = (id: string, name: string): number =>
  resultOf(id).metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;

describe('on the real interpreter', () => {
  const ids = scenarios.map((scenario) => scenario.id);

  it.each(ids.filter((id) => !TIMED.has(id)))('%s passes', (id) => {
    const { verdict, findings, reasons, error } = resultOf(id);
    expect({ verdict, errors: findings.filter((one) => one.severity === 'error'), reasons, error }).toEqual({
      verdict: 'passed',
      errors: [],
      reasons: [],
      error: undefined,
    });
  });

  it.each(ids.filter((id) => TIMED.has(id)))('%s finds nothing wrong', (id) => {
    const { verdict, findings, error } = resultOf(id);
    expect(error).toBeUndefined();
    expect(['passed', 'inconclusive']).toContain(verdict);
    expect(findings.filter((one) => one.severity === 'error')).toEqual([]);
  });

  it('finds exactly the simple cycle, and predicts the one crash that CPython has', () => {
    expect(metricOf('imports/simple-cycle', 'cycles.found')).toBe(1);
    expect(metricOf('imports/simple-cycle', 'crashes.predicted')).toBe(1);
    expect(metricOf('imports/simple-cycle', 'crashes.tried')).toBe(1);
  });

  it('finds as many cycles of the web as the reference', () => {
    const cycles = metricOf('imports/complex-web', 'cycles.found');
    expect(cycles).toBeGreaterThan(5);
    expect(cycles).toBe(metricOf('imports/complex-web', 'cycles.expected'));
    expect(metricOf('imports/complex-web', 'coverage')).toBe(60);
  });

  it('keeps every sample of both sides', () => {
    const { metrics } = resultOf('imports/performance');
    const samples = (name: string) => metrics.find((metric) => metric.name === name)?.samples ?? [];
    expect(samples('import.circular.cpu').length).toBeGreaterThan(0);
    expect(samples('import.circular.cpu')).toHaveLength(samples('import.clean.wall').length);
  });

  it('times imports with bytecode on disk', () => {
    const { circular, clean } = resultOf('imports/performance').observation as {
      circular: { executed: number; cached: number }[];
      clean: { executed: number; cached: number }[];
    };
    for (const sample of [...circular, ...clean]) expect(sample).toMatchObject({ executed: 4, cached: 4 });
  });

  it('counts in how many trials threads meet in their imports', () => {
    expect(metricOf('imports/threads', 'trials')).toBeGreaterThan(0);
    expect(metricOf('imports/threads', 'met')).toBeGreaterThan(0);
  });

  it('has a curve of 20 rounds', () => {
    const growth = resultOf('imports/leak').metrics.find((metric) => metric.name === 'resident.growth');
    expect(growth?.series).toHaveLength(21);
  });

  it("warns of the project's cycle, and of the one module that crashes when it is imported first", () => {
    const { findings } = resultOf('imports/project');
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'IMP001 warning',
      'IMP003 warning',
    ]);
    const [cycle, crash] = findings;
    expect(cycle?.fix?.location?.path).toMatch(/^src\/shop\//);
    expect(crash?.message).toMatch(/^shop\.orders crashes when it is imported first: AttributeError/);
    expect(crash?.evidence?.at(-1)).toBe('tried in a fresh interpreter');
    expect(crash?.location).toEqual({ path: 'src/shop/customers.py', line: 8 });
  });
});
