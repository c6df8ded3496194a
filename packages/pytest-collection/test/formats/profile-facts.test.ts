import { expect, it } from 'vitest';
import {
  countedByPytest,
  hiddenMs,
  mainRun,
  phaseSpans,
  shownPath,
} from '../../src/formats/profile-facts.ts';
import { aProfile, aRun } from './a-profile.ts';

it('takes the warm run where there is one', () => {
  const cold = aRun(2);
  const warm = aRun(1);
  expect(mainRun(aProfile({ runs: { cold, warm } }))).toBe(warm);
  expect(mainRun(aProfile({ runs: { cold } }))).toBe(cold);
  expect(mainRun(aProfile({ runs: {} }))).toBeUndefined();
});

it('shortens a path inside the project alone', () => {
  expect(shownPath('/code/shop/tests/a.py', '/code/shop')).toBe('tests/a.py');
  expect(shownPath('/code/shopping/a.py', '/code/shop')).toBe('/code/shopping/a.py');
  expect(shownPath('/a.py', '/')).toBe('a.py');
});

it('accounts for the whole wall time, with what is known of each phase', () => {
  const run = aRun();
  const spans = phaseSpans(run);
  expect(spans.reduce((sum, { wallMs }) => sum + wallMs, 0)).toBeCloseTo(run.wallMs);
  expect(spans.at(-1)).toEqual({ name: 'teardown', fromMs: 1403, wallMs: 7 });
  expect(spans[3]).toMatchObject({ name: 'collect', wallMs: 610, memoryBytes: 33e6 });
});

it('says what pytest hides, never less than nothing', () => {
  expect(hiddenMs(aRun(1, { pytestSaysMs: 410 }))).toBe(1000);
  expect(hiddenMs(aRun(1, { pytestSaysMs: 9999 }))).toBe(0);
  const { pytestSaysMs: _, ...silent } = aRun();
  expect(hiddenMs(silent)).toBeUndefined();
});

it('places what pytest counts from the first file on, inside the whole', () => {
  expect(countedByPytest(aRun())).toEqual({ fromMs: 638, toMs: 1298 });
  expect(countedByPytest(aRun(1, { pytestSaysMs: 1400 }))).toEqual({ fromMs: 10, toMs: 1410 });
});
