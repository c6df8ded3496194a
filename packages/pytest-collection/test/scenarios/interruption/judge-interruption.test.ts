import { describe, expect, it } from 'vitest';
import { interruptionLimits } from '../../../src/scenarios/interruption/interruption-limits.ts';
import type {
  InterruptedRun,
  InterruptionObservation,
  ObservedRun,
} from '../../../src/scenarios/interruption/interruption-observation.ts';
import { judgeInterruption } from '../../../src/scenarios/interruption/judge-interruption.ts';
import { defaultsOf } from '../defaults-of.ts';

const limits = defaultsOf(interruptionLimits);
const at = { phase: 'collect', path: 'tests/test_b.py', atMs: 900 } as const;

const undisturbed: ObservedRun = {
  outcome: { kind: 'finished' },
  exit: { code: 0, signal: null },
  wallMs: 1500,
  tests: 300,
  hash: 'aa',
  bytecode: { hits: 0, written: 40 },
  leftBehind: [],
  threads: [],
  printed: '',
};
const stopped: InterruptedRun = {
  ...undisturbed,
  outcome: { kind: 'interrupted', by: 'SIGINT', at },
  exit: { code: 2, signal: null },
  tests: null,
  hash: null,
  bytecode: { hits: 0, written: 20 },
  afterMs: 800,
  stopMs: 300,
  met: 'collection',
  wentOn: false,
  files: 20,
};
const again: ObservedRun = { ...undisturbed, bytecode: { hits: 20, written: 20 } };
const exits = [{ means: 'interrupt', told: 'interrupt', code: 2, signal: null }] as const;

const judged = (change: Partial<InterruptionObservation>) =>
  judgeInterruption(
    {
      undisturbed,
      interrupted: stopped,
      missed: 0,
      ignored: 0,
      unshown: 0,
      bytecode: { files: 20, broken: [], drafts: [] },
      again,
      exits,
      python: '3.11.7',
      pytest: '8.3.5',
      ...change,
    },
    limits,
  );
const codes = (change: Partial<InterruptionObservation>): string[] =>
  judged(change).findings.map(({ code, severity }) => (severity === 'error' ? code : `${code} ${severity}`));
/** It did not stop by itself, so nothing was done after it. */
const alone = (change: Partial<InterruptedRun>): Partial<InterruptionObservation> => ({
  interrupted: { ...stopped, ...change },
  bytecode: null,
  again: null,
  exits: [],
});

describe('judgeInterruption', () => {
  it('finds nothing where it stops and the next run finds the same', () => {
    expect(judged({})).toEqual({ findings: [] });
  });

  it('judges the time to stop at its limit', () => {
    expect(codes({ interrupted: { ...stopped, stopMs: 4999.9 } })).toEqual([]);
    expect(codes({ interrupted: { ...stopped, stopMs: 5000 } })).toEqual(['COL040']);
  });

  it.each([
    [1000, ['COL040']],
    [1000.1, []],
    [null, ['COL040']],
  ])('cannot tell where it stopped late, and waited %s ms for a processor', (waitedForCpuMs, expected) => {
    const { findings, inconclusive = [] } = judged({
      interrupted: { ...stopped, stopMs: 6000, waitedForCpuMs },
    });
    expect(findings.map(({ code }) => code)).toEqual(expected);
    expect(inconclusive.length).toBe(1 - expected.length);
  });

  it('reports one that had to be killed, with what it waited for', () => {
    const outcome = { kind: 'timed-out', afterMs: 6900, at, stacks: [], waitsFor: 'a lock' } as const;
    expect(judged(alone({ outcome, stopMs: 6100, threads: ['worker'] })).findings).toMatchObject([
      {
        code: 'COL040',
        measured: { value: 6100 },
        evidence: ['threads at the end: worker'],
        cause: { text: 'it waited for a lock', certainty: 'certain' },
      },
    ]);
  });

  it('reports one that went on, however soon it was through', () => {
    const wentOn = { ...undisturbed, wentOn: true, stopMs: 200 } as const;
    expect(judged({ ...alone(wentOn), ignored: 2 }).findings).toMatchObject([
      {
        code: 'COL041',
        message: 'SIGINT was ignored, 2 times in a row: pytest went on, found 300 tests and exited with 0',
      },
    ]);
    const outcome = { kind: 'timed-out', afterMs: 6900, at, stacks: [] } as const;
    expect(codes(alone({ outcome, stopMs: 6100, wentOn: true }))).toEqual(['COL041']);
  });

  it('warns where it is taken for an error of one file', () => {
    const taken = { ...stopped, tests: 290, hash: 'cc' };
    expect(codes({ interrupted: taken })).toEqual(['COL041 warning']);
    expect(codes({ interrupted: { ...taken, stopMs: 5000 } })).toEqual(['COL040']);
  });

  it('reports a run after it that finds other tests, or fails', () => {
    expect(codes({ again: { ...again, hash: 'bb' } })).toEqual(['COL042']);
    expect(codes({ again: { ...again, outcome: { kind: 'errors', errors: [] } } })).toEqual(['COL042']);
    expect(
      codes({ again: { ...again, outcome: { kind: 'nothing-collected', deselected: 0 }, hash: null } }),
    ).toEqual(['COL042']);
    const message = 'it raised';
    expect(codes({ again: { ...again, outcome: { kind: 'plugin-failure', message }, hash: null } })).toEqual([
      'COL042',
    ]);
  });

  it('reports processes that outlive it', () => {
    expect(codes({ interrupted: { ...stopped, leftBehind: ['sleep 60'] } })).toEqual(['COL043']);
    const allowed = judgeInterruption(
      {
        ...{ undisturbed, missed: 0, ignored: 0, unshown: 0, bytecode: null, again: null, exits },
        python: '',
        pytest: '',
        interrupted: { ...stopped, leftBehind: ['sleep 60'] },
      },
      { ...limits, maxLeftBehind: 1 },
    );
    expect(allowed.findings).toEqual([]);
  });

  it('reports bytecode that is broken, which explains that the next run fails', () => {
    const bytecode = { files: 20, broken: [{ path: 'a.pyc', message: 'EOFError: too short' }], drafts: [] };
    const failed = {
      ...again,
      outcome: { kind: 'plugin-failure', message: 'EOFError' },
      hash: null,
    } as const;
    expect(codes({ bytecode })).toEqual(['COL044']);
    expect(judged({ bytecode, again: failed }).findings).toMatchObject([
      { code: 'COL044', evidence: ['a.pyc: EOFError: too short', expect.stringContaining('the next run: ')] },
    ]);
    expect(codes({ bytecode, again: { ...again, hash: 'bb' } })).toEqual(['COL044', 'COL042']);
  });

  it('reports bytecode that the next run does not use', () => {
    const unused = { ...again, bytecode: { hits: 0, written: 40 } };
    expect(codes({ again: unused })).toEqual(['COL044']);
    expect(codes({ again: unused, interrupted: { ...stopped, bytecode: { hits: 0, written: 0 } } })).toEqual(
      [],
    );
  });

  it('only warns of half-written files that nobody reads', () => {
    const bytecode = { files: 20, broken: [], drafts: ['a.pyc.12'] };
    expect(codes({ bytecode })).toEqual(['COL044 warning']);
  });

  it('reports ends that are taken for others', () => {
    const taken = [
      ...exits,
      { means: 'circular-import', told: 'collection-error', code: 2, signal: null },
    ] as const;
    expect(judged({ exits: taken }).findings).toMatchObject([
      {
        code: 'COL046',
        measured: { value: 1 },
        evidence: [
          'interrupt: exit 2, taken for interrupt',
          'circular-import: exit 2, taken for collection-error',
        ],
      },
    ]);
    const hidden = [{ means: 'collection-error', told: 'other', code: 0, signal: null }] as const;
    expect(codes({ exits: hidden })).toEqual(['COL046']);
  });

  it('reports runs that break down otherwise', () => {
    const crashed = { kind: 'crashed', signal: 'SIGSEGV', at, stacks: [] } as const;
    expect(codes({ undisturbed: { ...undisturbed, outcome: crashed }, interrupted: null })).toEqual([
      'COL045',
    ]);
    expect(
      codes({ undisturbed: { ...undisturbed, outcome: { kind: 'errors', errors: [] } }, interrupted: null }),
    ).toEqual(['COL045']);
    expect(codes(alone({ outcome: crashed }))).toEqual(['COL045']);
  });

  it('concludes nothing from a pytest that breaks down while it prints where it was interrupted', () => {
    const outcome = {
      kind: 'plugin-failure',
      message: 'IndexError: list index out of range',
      traceback: 'File "/usr/lib/_pytest/_code/code.py", line 751, in get_source',
    } as const;
    const judgement = judged({ ...alone({ outcome }), unshown: 6, pytest: '7.2.1' });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toEqual([expect.stringMatching(/^pytest 7\.2\.1 .* 6 times in a row/)]);
  });

  it.each([
    ['too-early', 'before it began'],
    ['too-late', 'when it was over'],
  ] as const)('concludes nothing from a signal that came %s', (met, when) => {
    const judgement = judged({ ...alone({ met, stopMs: met === 'too-late' ? null : 10 }), missed: 3 });
    expect(judgement.findings).toEqual([]);
    expect(judgement.inconclusive).toEqual([expect.stringContaining(`${when} in each of 3 attempts`)]);
  });
});
