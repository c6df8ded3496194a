import { afterAll, expect, test } from 'vitest';
import { compareProject } from './generator/compare.ts';
import { generateProject } from './generator/generate-project.ts';
import { Judge } from './generator/judge.ts';
import { Tally } from './generator/tally.ts';
import { findPythons } from './pythons.ts';

const MODULES_IN_ALL = 360;
const pythons = findPythons();
const all = new Tally();

test.for(pythons)('what is predicted happens, in Python 3.$minor', async ({ path, minor }) => {
  const tally = new Tally();
  await using judge = new Judge(path);
  for (let seed = minor * 1_000_000; tally.modules < MODULES_IN_ALL / pythons.length; seed++) {
    for (const comparison of await compareProject(generateProject(seed, minor), judge, minor))
      tally.add(comparison);
  }
  all.merge(tally);
  // The published threshold holds for thousands (bench/agreement.md); of so few, one may be wrong.
  expect(tally.modules - tally.sameOutcome).toBeLessThanOrEqual(1);
});

afterAll(() => {
  const versions = pythons.map(({ minor }) => `3.${minor}`).join(', ');
  const share = (part: number) => `${((100 * part) / all.modules).toFixed(2)} %`;
  console.log(
    `Judged by CPython ${versions}: ${all.modules} modules, ${share(all.crashes)} crash; outcome ${share(all.sameOutcome)}, error and line ${share(all.sameError)}`,
  );
  expect(all.sameOutcome / all.modules).toBeGreaterThanOrEqual(0.995);
  expect(all.crashes / all.modules).toBeGreaterThan(0.3);
  expect(all.crashes / all.modules).toBeLessThan(0.7);
});
