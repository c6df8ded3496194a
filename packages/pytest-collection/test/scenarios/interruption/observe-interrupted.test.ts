import { describe, expect, it } from 'vitest';
import type { CollectionOutcome, CollectionRun, CollectorRecord } from '../../../src/index.ts';
import { observeInterrupted } from '../../../src/scenarios/interruption/observe-interrupted.ts';

const at = { phase: 'collect', atMs: 900 } as const;
const phase = (name: 'configure' | 'collect' | 'report', atMs: number, wallMs: number) => ({
  name,
  atMs,
  wallMs,
  cpuMs: 0,
  memoryBytes: 0,
});
const collector = (nodeId: string, atMs: number): CollectorRecord => ({
  parent: 0,
  kind: 'Module',
  nodeId,
  atMs,
  items: 0,
});

/** A run that collected from 400 to 1000 ms after its start. */
const run = (
  change: Partial<CollectionRun>,
  recorded: Partial<CollectionRun['recording']> = {},
): CollectionRun => ({
  outcome: { kind: 'interrupted', by: 'SIGINT', at },
  recording: {
    phases: [phase('configure', 100, 300), phase('collect', 400, 600), phase('report', 1000, 200)],
    collectors: [collector('', 400), collector('tests', 410), collector('tests/test_a.py', 420)],
    conftests: [],
    imports: [],
    sources: [],
    hooks: [],
    errors: [],
    memory: [],
    garbage: { runs: [0, 0, 0], wallMs: 0 },
    last: at,
    ...recorded,
  },
  command: [],
  cwd: '/',
  runner: 'host',
  bytecode: 'cold',
  exit: { code: 2, signal: null },
  wallMs: 1200,
  cpuMs: 900,
  peak: { bytes: 1, source: 'none', processes: [] },
  spans: [],
  output: { stdout: '', stderr: '' },
  leftBehind: [],
  ...change,
});

const interrupted = (sentMs: number, change: Partial<CollectionRun> = {}, recorded = {}) =>
  observeInterrupted(run({ stopMs: 1200 - sentMs, ...change }, recorded));

describe('observeInterrupted', () => {
  it.each([
    [399, 'too-early'],
    [400, 'collection'],
    [1000, 'collection'],
    [1001, 'too-late'],
  ])('knows what a signal after %i ms met', (sentMs, met) => {
    expect(interrupted(sentMs).met).toBe(met);
  });

  it('takes a run without a collection for one that was met too early, and one without a signal for too late', () => {
    expect(interrupted(900, {}, { phases: [phase('configure', 100, 300)] }).met).toBe('too-early');
    expect(observeInterrupted(run({}))).toMatchObject({
      met: 'too-late',
      afterMs: 1200,
      stopMs: null,
      wentOn: false,
    });
  });

  it.each<[CollectionOutcome, boolean]>([
    [{ kind: 'finished' }, true],
    [{ kind: 'errors', errors: [] }, true],
    [{ kind: 'nothing-collected', deselected: 0 }, true],
    [{ kind: 'interrupted', by: 'SIGINT', at }, false],
    [{ kind: 'crashed', signal: 'SIGSEGV', at, stacks: [] }, false],
    [{ kind: 'timed-out', afterMs: 6000, at, stacks: [] }, false],
  ])('knows whether it went on: %j', (outcome, wentOn) => {
    expect(interrupted(900, { outcome }).wentOn).toBe(wentOn);
  });

  it('takes a run that was killed while it still came to new files for one that went on', () => {
    const outcome = { kind: 'timed-out', afterMs: 6900, at, stacks: [] } as const;
    const collectors = (atMs: number) => ({ collectors: [collector('test_z.py', atMs)] });
    expect(interrupted(900, { outcome, wallMs: 1200 }, collectors(1900)).wentOn).toBe(false);
    expect(interrupted(900, { outcome, wallMs: 1200 }, collectors(1901)).wentOn).toBe(true);
  });

  it('counts the files that it came to', () => {
    expect(interrupted(900).files).toBe(1);
  });
});
