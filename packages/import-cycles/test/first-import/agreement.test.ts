import { describe, expect, test } from 'vitest';
import { compareProject } from './generator/compare.ts';
import { generateProject } from './generator/generate-project.ts';
import { Judge } from './generator/judge.ts';
import { Tally } from './generator/tally.ts';
import { findPythons } from '../find-pythons.ts';

/** Modules predicted and tried for each Python, in projects whose seeds depend on its version alone. */
const MODULES = 60;
const pythons = findPythons();

describe('what is predicted happens', () => {
  const all = new Tally();

  test.for(pythons)('in Python 3.$minor', { timeout: 120_000 }, async ({ path, minor }) => {
    const tally = new Tally();
    await using judge = new Judge(path);
    for (let seed = minor * 1_000_000; tally.modules < MODULES; seed++) {
      for (const comparison of await compareProject(generateProject(seed, minor), judge, minor))
        tally.add(comparison);
    }
    all.merge(tally);
    // What is predicted without an assumption is so; the share of all is published (bench/agreement.md).
    expect(tally.certain - tally.certainlyRight).toBe(0);
    expect(tally.modules - tally.sameOutcome).toBeLessThanOrEqual(1);
  });

  test('in all of them together, as often as it is said to, and for as many crashes as imports that go well', () => {
    const share = (part: number): string => `${((100 * part) / all.modules).toFixed(2)} %`;
    console.log(
      `Judged by CPython ${pythons.map(({ minor }) => `3.${minor}`).join(', ')}: ${all.modules} modules, ${share(all.crashes)} crash; outcome ${share(all.sameOutcome)}, error and line ${share(all.sameError)}`,
    );
    expect(all.modules).toBeGreaterThanOrEqual(MODULES * pythons.length);
    expect(all.sameOutcome / all.modules).toBeGreaterThanOrEqual(0.995);
    expect(all.crashes / all.modules).toBeGreaterThan(0.3);
    expect(all.crashes / all.modules).toBeLessThan(0.8);
  });
});
