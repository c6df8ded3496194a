import { describe, expect, it } from 'vitest';
import { nextTrial } from '../../src/limit-search/limit-trials.ts';
import type { LimitTrial, NextTrial, SearchRules } from '../../src/limit-search/limit-trials.ts';

const RULES: SearchRules = {
  start: 110,
  floor: 10,
  tolerance: () => 2,
  confirmations: 2,
  mostTrials: 20,
};

/** Searches on, with what `passes` says of each trial. */
function search(
  passes: (bytes: number, trial: number) => boolean,
  rules: SearchRules = RULES,
): { end: NextTrial; trials: LimitTrial[] } {
  const trials: LimitTrial[] = [];
  for (;;) {
    const next = nextTrial(trials, rules);
    if (next.kind !== 'try') return { end: next, trials };
    const passed = passes(next.bytes, trials.length);
    trials.push({ bytes: next.bytes, passed, outcome: passed ? 'finished' : 'killed-for-memory' });
  }
}

const found = (end: NextTrial) => (end.kind === 'found' ? end.result : undefined);

describe('nextTrial', () => {
  it('begins where it should pass', () => {
    expect(nextTrial([], RULES)).toEqual({ kind: 'try', bytes: 110 });
  });

  it.each([11, 37, 64, 99.5, 110])('comes near to %d, with a limit that fails just below', (least) => {
    const result = found(search((bytes) => bytes >= least).end);
    expect(result?.passes).toBeGreaterThanOrEqual(least);
    expect(result?.passes).toBeLessThan(least + 2);
    expect(result?.fails ?? RULES.floor).toBeLessThan(least);
  });

  it('lets the result pass twice', () => {
    const { end, trials } = search((bytes) => bytes >= 64);
    const times = trials.filter((trial) => trial.bytes === found(end)?.passes);
    expect(times).toHaveLength(2);
    expect(times.every((trial) => trial.passed)).toBe(true);
  });

  it('says at its last trial whether the result has passed often enough', () => {
    const whole = search((bytes) => bytes >= 64).trials.length;
    const confirmed = (mostTrials: number) =>
      found(search((bytes) => bytes >= 64, { ...RULES, mostTrials }).end)?.confirmed;
    expect([confirmed(whole), confirmed(whole - 1)]).toEqual([true, false]);
  });

  it('gives more where what should pass does not', () => {
    const { end, trials } = search((bytes) => bytes >= 300);
    expect(trials.slice(0, 3).map((trial) => trial.bytes)).toEqual([110, 138, 173]);
    expect(found(end)?.passes).toBeGreaterThanOrEqual(300);
    expect(found(end)?.passes).toBeLessThan(303);
  });

  it('does not believe a limit below one that failed', () => {
    const trial = (bytes: number, passed: boolean) => ({ bytes, passed, outcome: 'finished' as const });
    const trials = [trial(110, true), trial(60, true), trial(85, false)];
    expect(nextTrial(trials, RULES)).toEqual({ kind: 'try', bytes: 98 });
  });

  it('goes back up where the result fails the second time', () => {
    let luck = 0;
    const { end, trials } = search((bytes) => bytes >= 64 || (bytes >= 61 && (luck += 1) === 1));
    expect(found(end)?.passes).toBeGreaterThanOrEqual(64);
    expect(found(end)?.tried).toEqual(trials);
  });

  it('gives up where nothing passes', () => {
    const { end, trials } = search(() => false);
    expect(end.kind).toBe('given-up');
    expect(trials).toHaveLength(20);
  });

  it('tells of no failure where nothing fails', () => {
    const result = found(search(() => true).end);
    expect(result).not.toHaveProperty('fails');
    expect(result?.passes).toBeLessThanOrEqual(12);
  });

  it('ends with what it has when its trials are used up', () => {
    const { end, trials } = search((bytes) => bytes >= 64, { ...RULES, mostTrials: 3 });
    expect(trials).toHaveLength(3);
    expect(found(end)?.passes).toBeGreaterThanOrEqual(64);
    expect(found(end)?.confirmed).toBe(false);
  });
});
