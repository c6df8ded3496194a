import { describe, expect, it } from 'vitest';
import type { DescriptorExhaustion } from '../../../src/model/exhaustion.ts';
import {
  judgeLimitsDescriptors,
  notReturnedIn,
} from '../../../src/scenarios/limits-descriptors/judge-limits-descriptors.ts';
import { limitsDescriptorsLimits } from '../../../src/scenarios/limits-descriptors/limits-descriptors-limits.ts';
import { defaultsOf } from '../defaults-of.ts';
import { ALL_WORKS, codesOf, FULL, observedSandbox, sandboxWithout } from '../observed.ts';

const limits = defaultsOf(limitsDescriptorsLimits);

const round = (change: Partial<DescriptorExhaustion> = {}): DescriptorExhaustion => ({
  outcome: 'held',
  limit: 1024,
  declared: 1024,
  base: 8,
  opened: 1016,
  error: 'EMFILE',
  openAtHeight: 1024,
  gaugeAtHeight: 1024,
  exact: true,
  atHeight: FULL,
  afterwards: ALL_WORKS,
  openAfterwards: 8,
  notReturned: 0,
  fillMs: 10,
  curve: [],
  ...change,
});
const MOST = limits.maxLimit;
const judge = (...rounds: DescriptorExhaustion[]) =>
  judgeLimitsDescriptors({ sandbox: observedSandbox(), mostDescriptors: MOST, rounds }, limits);

describe('judgeLimitsDescriptors', () => {
  it('finds nothing in rounds that end at the limit and give all back', () => {
    expect(judge(round(), round())).toEqual({ findings: [] });
  });

  it('opens nothing without a limit', () => {
    const judgement = judgeLimitsDescriptors(
      { sandbox: sandboxWithout('descriptors'), mostDescriptors: MOST, rounds: null },
      limits,
    );
    expect(codesOf(judgement)).toEqual(['LIM000']);
  });

  it.each([
    [65_536, []],
    [65_537, ['LIM024']],
    [1_048_576, ['LIM024']],
  ])('takes %i for a limit: %j', (descriptors, expected) => {
    const sandbox = observedSandbox();
    const effective = { ...sandbox.effective, descriptors };
    const rounds = [round({ limit: descriptors, openAtHeight: descriptors, gaugeAtHeight: descriptors })];
    expect(
      codesOf(
        judgeLimitsDescriptors({ sandbox: { ...sandbox, effective }, mostDescriptors: MOST, rounds }, limits),
      ),
    ).toEqual(expected);
  });

  it.each([[{ gaugeAtHeight: 1023 }], [{ gaugeAtHeight: 1025 }], [{ error: 'ENFILE' }]])(
    'demands EMFILE at exactly the limit, not %j',
    (change) => {
      expect(codesOf(judge(round(), round(change)))).toEqual(['LIM020']);
    },
  );

  it('believes who counts from outside before the process itself', () => {
    const { gaugeAtHeight: _gauge, ...byKeeper } = round({ opened: 1, openAtHeight: 1024 });
    expect(codesOf(judge(byKeeper))).toEqual([]);
    const { openAtHeight: _keeper, ...byItself } = byKeeper;
    expect(codesOf(judge(byItself))).toEqual(['LIM020']);
  });

  it('tells when none was refused', () => {
    const { error: _none, ...endless } = round({ gaugeAtHeight: 5000 });
    expect(judge(endless).findings[0]?.message).toBe(
      '5000 descriptors were open under a limit of 1024, and none was refused',
    );
  });

  it.each([
    [{ ...FULL, reservedRead: false }, ['LIM021']],
    [{ ...FULL, answered: false }, ['LIM021']],
    [{ ...FULL, answerMs: 2000 }, []],
    [{ ...FULL, answerMs: 2001 }, ['LIM021']],
  ])('demands an answer while full: %j', (atHeight, expected) => {
    expect(codesOf(judge(round({ atHeight })))).toEqual(expected);
  });

  it.each([
    [20, []],
    [21, ['LIM022']],
  ])('lets %i descriptors stay, of all rounds together', (left, expected) => {
    const rounds = [
      round({ notReturned: 10, openAfterwards: 18 }),
      round({ base: 18, notReturned: left - 10, openAfterwards: 8 + left }),
    ];
    expect(notReturnedIn(rounds)).toBe(left);
    expect(codesOf(judge(...rounds))).toEqual(expected);
  });

  it('cannot tell where nobody counted what stayed open', () => {
    const { openAfterwards: _open, notReturned: _left, ...uncounted } = round();
    const judgement = judge(round(), uncounted);
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toEqual([expect.stringContaining('Nobody could count')]);
  });

  it('counts each round where each has a process of its own', () => {
    expect(notReturnedIn([1, 2, 3].map(() => round({ notReturned: 10, openAfterwards: 18 })))).toBe(30);
  });

  it.each(['answered', 'openFile', 'spawn', 'importModule'] as const)('demands %s afterwards', (name) => {
    expect(codesOf(judge(round({ afterwards: { ...ALL_WORKS, [name]: false } })))).toEqual(['LIM023']);
  });

  it('cannot tell from a round that was stopped', () => {
    const judgement = judge(round({ outcome: 'timeout', gaugeAtHeight: 400 }));
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive?.[0]).toContain('Only 400 of 1024');
  });
});
