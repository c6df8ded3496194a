import { describe, expect, it } from 'vitest';
import { importFindings, importScenarios } from '../../src/scenarios/index.ts';

const scenarios = importScenarios({});

describe('importScenarios', () => {
  it('are the six of the group', () => {
    expect(scenarios.map((scenario) => scenario.id)).toEqual([
      'imports/simple-cycle',
      'imports/complex-web',
      'imports/performance',
      'imports/threads',
      'imports/leak',
      'imports/project',
    ]);
  });

  it('have at least two faults each, with ids of their own', () => {
    for (const { faults } of scenarios) {
      expect(faults.length).toBeGreaterThanOrEqual(2);
      expect(new Set(faults.map((fault) => fault.id)).size).toBe(faults.length);
    }
  });

  it('have a default inside the bounds of every limit', () => {
    for (const { id, limits } of scenarios) {
      for (const [name, spec] of Object.entries(
        limits as Record<string, { default: number; min?: number; max?: number }>,
      )) {
        expect(spec.default, `${id} ${name}`).toBeGreaterThanOrEqual(spec.min ?? 0);
        expect(spec.default, `${id} ${name}`).toBeLessThanOrEqual(spec.max ?? Number.POSITIVE_INFINITY);
      }
    }
  });
});

describe('importFindings', () => {
  it('explain every code of every scenario, with the same text', () => {
    for (const { findings } of scenarios) {
      for (const [code, kind] of Object.entries(findings)) expect(importFindings[code]).toBe(kind);
    }
    const raised = new Set(scenarios.flatMap((scenario) => Object.keys(scenario.findings)));
    expect(new Set(Object.keys(importFindings))).toEqual(raised);
  });

  it.each(Object.entries(importFindings))('%s helps a newcomer', (code, kind) => {
    expect(code).toMatch(/^IMP0\d\d$/);
    expect(kind.title.length).toBeLessThan(60);
    expect(kind.meaning.length).toBeGreaterThan(80);
    expect(kind.causes.length).toBeGreaterThan(0);
    expect(kind.fixes.length).toBeGreaterThan(0);
  });

  it('each are raised by a fault, or only ever warn or need a broken machine', () => {
    const proven = new Set(scenarios.flatMap((scenario) => scenario.faults.map((fault) => fault.raises)));
    const unproven = Object.keys(importFindings).filter((code) => !proven.has(code));
    expect(unproven).toEqual(['IMP001', 'IMP003', 'IMP005', 'IMP007', 'IMP008', 'IMP044']);
  });
});
