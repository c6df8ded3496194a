import type { LimitSpecs } from '@seaworthy/scenario';
import { describe, expect, it } from 'vitest';
import { exhaustionFindings, exhaustionScenarios } from '../../src/scenarios/index.ts';

const scenarios = exhaustionScenarios();

describe('exhaustionScenarios', () => {
  it('have at least two faults each, with ids of their own', () => {
    for (const { faults } of scenarios) {
      expect(faults.length).toBeGreaterThanOrEqual(2);
      expect(new Set(faults.map((fault) => fault.id)).size).toBe(faults.length);
    }
  });

  it('have a default inside the bounds of every limit', () => {
    for (const { id, limits } of scenarios) {
      for (const [name, spec] of Object.entries(limits as LimitSpecs)) {
        expect(spec.default, `${id} ${name}`).toBeGreaterThanOrEqual(spec.min ?? 0);
        expect(spec.default, `${id} ${name}`).toBeLessThanOrEqual(spec.max ?? Number.POSITIVE_INFINITY);
      }
    }
  });
});

describe('exhaustionFindings', () => {
  it('explain every code of every scenario, with the same text', () => {
    for (const { findings } of scenarios) {
      for (const [code, kind] of Object.entries(findings)) expect(exhaustionFindings[code]).toBe(kind);
    }
    const raised = new Set(scenarios.flatMap((scenario) => Object.keys(scenario.findings)));
    expect(new Set(Object.keys(exhaustionFindings))).toEqual(raised);
  });

  it.each(Object.entries(exhaustionFindings))('%s helps a newcomer', (code, kind) => {
    expect(code).toMatch(/^(LIM|MEM)0\d\d$/);
    expect(kind.title.length).toBeLessThan(60);
    expect(kind.meaning.length).toBeGreaterThan(80);
    expect(kind.causes.length).toBeGreaterThan(0);
    expect(kind.fixes.length).toBeGreaterThan(0);
  });

  it('of limits each are raised by a fault, need an engine or machine that is wrong, or are notes', () => {
    const proven = new Set(scenarios.flatMap((scenario) => scenario.faults.map((fault) => fault.raises)));
    const unproven = Object.keys(exhaustionFindings).filter((code) => code < 'LIM050' && !proven.has(code));
    expect(unproven.sort()).toEqual([
      'LIM001',
      'LIM006',
      'LIM009',
      'LIM012',
      'LIM020',
      'LIM030',
      'LIM043',
      'LIM044',
    ]);
  });
});
