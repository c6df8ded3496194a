import { describe, expect, it } from 'vitest';
import type { CollectionOutcome } from '../../../src/model/collection-outcome.ts';
import { judgeCollected } from '../../../src/scenarios/collect/judge-collected.ts';
import type { ObservedCollection } from '../../../src/scenarios/collect/observed-collection.ts';
import { simple1000Limits } from '../../../src/scenarios/simple-1000/simple-1000-limits.ts';
import { defaultsOf } from '../defaults-of.ts';
import { anObservation, AT } from './an-observation.ts';

const limits = defaultsOf(simple1000Limits);
const judge = (change: Partial<ObservedCollection> = {}) => judgeCollected(anObservation(change), limits);
const codes = (change: Partial<ObservedCollection>) => judge(change).findings.map(({ code }) => code);

describe('judgeCollected', () => {
  it('finds nothing where every test was found in time', () => {
    expect(judge()).toEqual({ findings: [] });
  });

  it.each([
    [59_999, []],
    [60_000, ['COL001']],
  ])('judges %i ms for the full tree', (wallMs, expected) => {
    expect(codes({ wallMs })).toEqual(expected);
  });

  it.each([
    [0.5, 29_999, []],
    [0.5, 30_000, ['COL001']],
    [2, 119_999, []],
    [2, 120_000, ['COL001']],
    [0.001, 4_999, []],
    [0.001, 5_000, ['COL001']],
  ])(
    'gives a tree of %d times the size its part of the time, and 5 s at least: %i ms',
    (share, wallMs, expected) => {
      expect(codes({ share, wallMs })).toEqual(expected);
    },
  );

  it('keeps a limit that is itself below 5 s, whatever the size', () => {
    const judged = (wallMs: number) =>
      judgeCollected(anObservation({ wallMs, share: 0.1 }), { ...limits, maxDuration: 2_000 }).findings;
    expect(judged(1_999)).toEqual([]);
    expect(judged(2_000)).toMatchObject([{ code: 'COL001', limit: { value: 2_000 } }]);
  });

  it.each([
    [499_999_999, []],
    [500_000_000, ['COL002']],
  ])('judges %i bytes', (bytes, expected) => {
    expect(codes({ peak: { bytes, source: 'cgroup-v1' } })).toEqual(expected);
  });

  it.each([
    [199_000, []],
    [200_000, ['COL003']],
  ])('wants more than 50 tests a second: 10,000 in %i ms', (wallMs, expected) => {
    const { findings } = judgeCollected(anObservation({ wallMs }), { ...limits, maxDuration: 1_000_000 });
    expect(findings.map(({ code }) => code)).toEqual(expected);
  });

  it.each([
    ['a test lost', { files: 1000, tests: 9_999, deselected: 0 }, '1 are lost'],
    ['a test too many', { files: 1000, tests: 10_001, deselected: 0 }, '1 too many'],
    ['a file too few', { files: 999, tests: 10_000, deselected: 0 }, 'in 999 instead of 1,000 files'],
  ])('notices %s', (_, found, text) => {
    const { findings } = judge({ found });
    expect(findings).toMatchObject([{ code: 'COL004', severity: 'error' }]);
    expect(findings[0]?.message).toContain(text);
  });

  it('says that all are lost where nothing was collected, and not that it was slow', () => {
    const found = { files: 0, tests: 0, deselected: 10_000 };
    const { findings } = judge({ outcome: { kind: 'nothing-collected', deselected: 10_000 }, found });
    expect(findings.map(({ code }) => code)).toEqual(['COL004']);
    expect(findings[0]?.evidence).toContain('10,000 tests deselected');
  });

  const ENDS: readonly (readonly [string, CollectionOutcome, string])[] = [
    ['COL005', { kind: 'plugin-failure', message: 'boom', path: 'conftest.py' }, 'boom'],
    ['COL005', { kind: 'usage-error', message: 'no such option' }, 'no such option'],
    ['COL005', { kind: 'no-pytest', message: 'No module named pytest' }, 'No module named pytest'],
    ['COL006', { kind: 'timed-out', afterMs: 90_000, at: AT, stacks: [] }, 'at berth/test_7.py'],
    ['COL007', { kind: 'crashed', signal: 'SIGSEGV', at: AT, stacks: [] }, 'SIGSEGV'],
    ['COL007', { kind: 'vanished', exitCode: 0, at: AT }, 'exit code 0'],
    ['COL007', { kind: 'interrupted', by: 'pytest.exit', at: AT }, 'pytest.exit'],
    ['COL007', { kind: 'killed-for-memory', by: 'host', at: AT }, 'the machine had none left'],
  ];
  it.each(ENDS)('raises only %s for %o', (code, outcome, text) => {
    const { findings } = judge({ outcome, found: null, wallMs: 90_000 });
    expect(findings).toMatchObject([{ code, severity: 'error' }]);
    expect(findings[0]?.message).toContain(text);
  });

  it('names the files that cannot be collected', () => {
    const error = {
      nodeId: 'berth/test_7.py',
      path: 'berth/test_7.py',
      raisedIn: 'berth/test_7.py',
      line: 1,
      type: 'ModuleNotFoundError',
      message: "No module named 'quay'",
      traceback: '',
    };
    const { findings } = judge({ outcome: { kind: 'errors', errors: [error] }, errors: 31 });
    expect(findings).toMatchObject([{ code: 'COL005' }]);
    expect(findings[0]?.message).toBe(
      "31 files could not be collected: berth/test_7.py: ModuleNotFoundError: No module named 'quay' (berth/test_7.py:1)",
    );
  });

  it('shows where a hang stood, and what it waited for', () => {
    const stacks = [{ thread: 'MainThread', frames: [{ path: 'a.py', line: 3, function: 'wait' }] }];
    const outcome = { kind: 'timed-out', afterMs: 90_000, at: AT, stacks, waitsFor: 'a lock' } as const;
    const [finding] = judge({ outcome, found: null }).findings;
    expect(finding?.evidence).toEqual(['thread MainThread stood at a.py:3 wait']);
    expect(finding?.cause).toEqual({ text: 'it waited for a lock', certainty: 'certain' });
  });

  it('judges the memory of a run that was killed, too', () => {
    const outcome = { kind: 'crashed', signal: 'SIGKILL', at: AT, stacks: [] } as const;
    const peak = { bytes: 600_000_000, source: 'high-water-marks' } as const;
    expect(codes({ outcome, found: null, peak })).toEqual(['COL007', 'COL002']);
  });

  it.each([
    ['own-limit', undefined, 500_000_000, ['COL007', 'COL002']],
    ['ancestor-limit', undefined, 500_000_000, ['COL007', 'COL002']],
    // With more around it than it may take, its own peak tells.
    ['own-limit', undefined, 500_000_001, ['COL007']],
    ['own-limit', 'child', 400_000_000, ['COL007']],
    ['guard', undefined, 400_000_000, ['COL007']],
    ['host', undefined, 400_000_000, ['COL007']],
  ] as const)('killed by %s (%s) at %i bytes', (by, hit, limitBytes, expected) => {
    const outcome = { kind: 'killed-for-memory', by, at: AT, limitBytes, ...(hit && { hit }) } as const;
    const peak = { bytes: limitBytes - 500_000, source: 'container' } as const;
    expect(codes({ outcome, found: null, peak })).toEqual(expected);
  });

  it('says that all there is under a limit was taken, not that a higher limit was broken', () => {
    const outcome = { kind: 'killed-for-memory', by: 'own-limit', at: AT, limitBytes: 2 ** 27 } as const;
    const peak = { bytes: 2 ** 27, source: 'container' } as const;
    const found = judge({ outcome, found: null, peak }).findings.find(({ code }) => code === 'COL002');
    expect(found?.message).toContain('took all of the 128 MiB');
    expect(found?.limit).toBeUndefined();
  });

  it('cannot tell where other processes had the processors', () => {
    const late = judge({ wallMs: 70_000, waitedForCpuMs: 10_001 });
    expect(late.findings).toEqual([]);
    expect(late.inconclusive?.[0]).toContain('too busy');
    expect(codes({ wallMs: 70_000, waitedForCpuMs: 10_000 })).toEqual(['COL001']);
    expect(codes({ wallMs: 70_000, waitedForCpuMs: null })).toEqual(['COL001']);
  });

  it('takes no hang for one that had no processor to run on', () => {
    const outcome = { kind: 'timed-out', afterMs: 90_000, at: AT, stacks: [] } as const;
    const busy = judge({ outcome, found: null, waitedForCpuMs: 30_001 });
    expect(busy.findings).toEqual([]);
    expect(busy.inconclusive).toHaveLength(1);
    expect(codes({ outcome, found: null, waitedForCpuMs: 30_000 })).toEqual(['COL006']);
  });

  it('does not pass where memory cannot be measured', () => {
    const { findings, inconclusive } = judge({ peak: { bytes: 0, source: 'none' } });
    expect(findings).toEqual([]);
    expect(inconclusive).toEqual(['The peak of memory could not be measured here.']);
  });

  it('names what took most of the time, with a fix for a plugin that is installed', () => {
    const dearest = [
      {
        what: 'hook',
        name: 'pytest_itemcollected of slowpoke',
        plugin: 'slowpoke',
        wallMs: 50_000,
        memoryBytes: 0,
      },
    ] as const;
    const [finding] = judge({ wallMs: 61_000, dearest }).findings;
    expect(finding?.cause?.text).toBe('the hook pytest_itemcollected of slowpoke took 50 s of it');
    expect(finding?.fix?.text).toContain('-p no:slowpoke');
  });

  it('prints no fix where nothing stands out', () => {
    const [finding] = judge({ wallMs: 61_000 }).findings;
    expect(finding?.cause?.certainty).toBe('unknown');
    expect(finding).not.toHaveProperty('fix');
  });
});
