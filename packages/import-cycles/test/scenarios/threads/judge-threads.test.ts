import { describe, expect, it } from 'vitest';
import { judgeThreads } from '../../../src/scenarios/threads/judge-threads.ts';
import { threadsLimits } from '../../../src/scenarios/threads/threads-limits.ts';
import type { ThreadState, Trial } from '../../../src/scenarios/threads/threads-observation.ts';
import { defaultsOf } from '../environment-of.ts';

const limits = defaultsOf(threadsLimits);

const thread = (change: Partial<ThreadState> = {}): ThreadState => ({
  name: 'thread 1 (imports tug first)',
  finished: true,
  error: null,
  inRing: false,
  stack: [],
  waitsFor: null,
  heldBy: null,
  ...change,
});

const finished: Trial = { outcome: 'finished', met: true, durationMs: 10, threads: [thread()] };

const deadlock: Trial = {
  outcome: 'deadlock',
  met: true,
  durationMs: 300,
  threads: [
    thread({
      finished: false,
      inRing: true,
      waitsFor: 'lock tug.LOCK',
      heldBy: 'thread 2',
      stack: [{ path: 'harbour.py', line: 24, function: '<module>', text: 'with tug.LOCK:' }],
    }),
    thread({
      name: 'thread 2',
      finished: false,
      inRing: true,
      waitsFor: 'import lock of harbour',
      heldBy: 'thread 1 (imports tug first)',
      stack: [{ path: 'tug.py', line: 10, function: 'work', text: 'import harbour' }],
    }),
  ],
};

const stuck: Trial = {
  ...deadlock,
  outcome: 'stuck',
  threads: [
    thread({ finished: false, stack: [{ path: 'tug.py', line: 9, function: 'work', text: 'wait()' }] }),
  ],
};

const trials = (of: number, change: readonly Trial[]): readonly Trial[] =>
  Array.from({ length: of }, (_, i) => change[i] ?? finished);

const judge = (those: readonly Trial[], durationMs = 1000) =>
  judgeThreads({ trials: those, durationMs }, limits);

describe('judgeThreads', () => {
  it('finds nothing where every trial finishes', () => {
    expect(judge(trials(40, []))).toEqual({ findings: [] });
  });

  it('reports each thread, the lock it waits for and who holds it', () => {
    const { findings } = judge(
      trials(
        5,
        Array.from({ length: 5 }, () => deadlock),
      ),
    );
    expect(findings).toMatchObject([
      {
        code: 'IMP041',
        severity: 'error',
        measured: { value: 100, unit: 'percent' },
        location: { path: 'harbour.py', line: 24 },
        cause: { certainty: 'certain' },
      },
    ]);
    expect(findings[0]?.evidence).toEqual([
      'thread 1 (imports tug first): waits for the lock tug.LOCK, held by thread 2 (in the ring)',
      '    harbour.py:24 in <module>: with tug.LOCK:',
      'thread 2: waits for the import lock of harbour, held by thread 1 (imports tug first) (in the ring)',
      '    tug.py:10 in work: import harbour',
    ]);
  });

  it('tells threads that wait for nobody from a ring', () => {
    const { findings } = judge(
      trials(
        5,
        Array.from({ length: 5 }, () => stuck),
      ),
    );
    expect(findings).toMatchObject([{ code: 'IMP042', severity: 'error', cause: { certainty: 'likely' } }]);
    expect(findings[0]?.evidence?.[0]).toContain('waits for no lock');
  });

  it('counts an interpreter that gave no answer as one that hung', () => {
    const silent: Trial = { outcome: 'silent', met: true, durationMs: 9, threads: [], failure: 'no answer' };
    const { findings } = judge(trials(4, [silent, silent, silent, silent]));
    expect(findings).toMatchObject([
      { code: 'IMP042', evidence: ['no answer'], cause: { certainty: 'unknown' } },
    ]);
  });

  it('warns of a single deadlock in many trials', () => {
    const { findings, inconclusive } = judge(trials(200, [deadlock]));
    expect(findings).toMatchObject([{ code: 'IMP041', severity: 'warning' }]);
    expect(inconclusive).toBeUndefined();
  });

  it('cannot tell where the interval contains 10 %', () => {
    const { findings, inconclusive } = judge(trials(40, [deadlock, deadlock, deadlock, deadlock]));
    expect(findings).toMatchObject([{ code: 'IMP041', severity: 'warning' }]);
    expect(inconclusive?.[0]).toMatch(/10\.0 % of 40 trials hung: the 95 % interval 4\.0-23\.1 % contains/);
  });

  it('fails where the interval lies above 10 %', () => {
    const { findings } = judge(
      trials(
        400,
        Array.from({ length: 60 }, () => deadlock),
      ),
    );
    expect(findings).toMatchObject([{ code: 'IMP041', severity: 'error', measured: { value: 15 } }]);
  });

  it('reports threads that were given half a module', () => {
    const message = "partially initialized module 'tug' has no attribute 'add'";
    const half = { type: 'AttributeError', message, path: 'harbour.py', line: 12 };
    const { findings } = judge(trials(40, [{ ...finished, threads: [thread({ error: half })] }]));
    expect(findings).toMatchObject([
      {
        code: 'IMP043',
        severity: 'error',
        location: { path: 'harbour.py', line: 12 },
        cause: { certainty: 'certain' },
        fix: { location: { path: 'harbour.py', line: 12 } },
      },
    ]);
  });

  it('prints no fix for an error that it does not know', () => {
    const other = { type: 'KeyError', message: 'x', path: null, line: null };
    const [finding] = judge(trials(40, [{ ...finished, threads: [thread({ error: other })] }])).findings;
    expect(finding).toMatchObject({ code: 'IMP043', cause: { certainty: 'unknown' } });
    expect(finding).not.toHaveProperty('fix');
  });

  it.each([
    [89_999, []],
    [90_000, ['IMP044']],
  ])('takes %i ms for what they are', (durationMs, codes) => {
    expect(judge(trials(40, []), durationMs).findings.map((finding) => finding.code)).toEqual(codes);
  });

  it('says nothing where threads hardly ever met', () => {
    const alone = { ...finished, met: false };
    const { findings, inconclusive } = judge(
      trials(
        40,
        Array.from({ length: 21 }, () => alone),
      ),
    );
    expect(findings).toEqual([]);
    expect(inconclusive).toEqual(['Threads met in an import in only 48 % of 40 trials, 50 % are needed']);
  });

  it('says nothing where nothing was tried', () => {
    expect(judge([]).inconclusive).toHaveLength(1);
  });
});
