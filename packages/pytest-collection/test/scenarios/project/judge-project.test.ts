import { describe, expect, it } from 'vitest';
import type { CollectionOutcome } from '../../../src/model/collection-outcome.ts';
import type { CauseId } from '../../../src/model/collection-profile.ts';
import { judgeProject } from '../../../src/scenarios/project/judge-project.ts';
import { projectFindings } from '../../../src/scenarios/project/project-findings.ts';
import { projectLimits } from '../../../src/scenarios/project/project-limits.ts';
import type { ProjectObservation } from '../../../src/scenarios/project/project-observation.ts';
import { AT } from '../collect/an-observation.ts';
import { defaultsOf } from '../defaults-of.ts';
import { aProject, aRun } from './a-project.ts';

const limits = defaultsOf(projectLimits);
const judge = (change: Partial<ProjectObservation> = {}, other: Partial<typeof limits> = {}) =>
  judgeProject(aProject(change), { ...limits, ...other }).findings;
const raised = (change: Partial<ProjectObservation>, other: Partial<typeof limits> = {}) =>
  judge(change, other).map(({ code, severity }) => `${code} ${severity}`);

const ERROR = {
  nodeId: 'tests/test_cart.py',
  path: 'tests/test_cart.py',
  raisedIn: 'src/cart.py',
  line: 7,
  type: 'ImportError',
  message: "cannot import name 'Cart'\nmore",
  traceback: 'line 1\nline 2',
};

describe('judgeProject', () => {
  it('finds nothing wrong with a suite that is collected whole', () => {
    expect(judge()).toEqual([]);
  });

  it('points at the line that keeps a file from being collected', () => {
    const outcome: CollectionOutcome = { kind: 'errors', errors: [ERROR] };
    expect(judge({ outcome, errors: [ERROR], errorCount: 1 })).toEqual([
      {
        code: 'COL050',
        severity: 'error',
        message: "tests/test_cart.py cannot be collected: ImportError: cannot import name 'Cart'",
        measured: { value: 1, unit: 'count' },
        limit: { name: 'maxErrors', value: 0, unit: 'count', bound: 'most' },
        location: { path: 'src/cart.py', line: 7 },
        evidence: ['line 1', 'line 2'],
      },
    ]);
  });

  it('allows as many errors as the configuration says, and warns of them', () => {
    const outcome: CollectionOutcome = { kind: 'errors', errors: [ERROR, ERROR] };
    const change = { outcome, errors: [ERROR, ERROR], errorCount: 2 };
    expect(raised(change, { maxErrors: 2 })).toEqual(['COL050 warning', 'COL050 warning']);
    expect(raised(change, { maxErrors: 1 })).toEqual(['COL050 error', 'COL050 error']);
  });

  it('says how many files more there are than it names', () => {
    const outcome: CollectionOutcome = { kind: 'errors', errors: [ERROR] };
    const [finding] = judge({ outcome, errors: [ERROR], errorCount: 41 });
    expect(finding?.message).toContain('(and 40 more such files)');
  });

  const ENDS: readonly (readonly [string, CollectionOutcome])[] = [
    ['COL054', { kind: 'killed-for-memory', by: 'own-limit', at: AT, limitBytes: 64_000_000 }],
    ['COL055', { kind: 'timed-out', afterMs: 180_000, at: AT, stacks: [], waitsFor: 'a lock' }],
    ['COL056', { kind: 'crashed', signal: 'SIGSEGV', at: AT, stacks: [] }],
    ['COL056', { kind: 'vanished', exitCode: 0, at: AT }],
    ['COL056', { kind: 'interrupted', by: 'pytest.exit', at: AT }],
    ['COL056', { kind: 'plugin-failure', message: 'boom', path: 'conftest.py' }],
    ['COL056', { kind: 'usage-error', message: 'unknown option --boom' }],
    ['COL056', { kind: 'no-pytest', message: 'no pytest' }],
  ];
  it.each(ENDS)('raises only %s for %o, with the command that shows it again', (code, outcome) => {
    const runs = { cold: aRun({ wallMs: 180_000 }) };
    const findings = judge(
      { outcome, tests: { found: 0, deselected: 0, files: 0 }, runs },
      { maxDuration: 200_000 },
    );
    expect(findings).toMatchObject([{ code, severity: 'error' }]);
    expect(findings[0]?.evidence).toContain('reproduce: python -m pytest --collect-only');
  });

  it('raises a hang once, not its duration, too', () => {
    const outcome = { kind: 'timed-out', afterMs: 180_000, at: AT, stacks: [] } as const;
    expect(raised({ outcome, runs: { cold: aRun({ wallMs: 180_000 }) } })).toEqual(['COL055 error']);
  });

  it.each([
    [119_999, []],
    [120_000, ['COL051 error']],
  ])('judges %i ms of the slower run', (wallMs, expected) => {
    expect(raised({ runs: { cold: aRun({ wallMs, pytestSaysMs: wallMs }), warm: aRun() } })).toEqual(
      expected,
    );
    expect(raised({ runs: { cold: aRun(), warm: aRun({ wallMs, pytestSaysMs: wallMs }) } })).toEqual(
      expected,
    );
  });

  it('cannot tell where other processes had the processors', () => {
    const slow = aRun({ wallMs: 130_000, pytestSaysMs: 130_000, waitedForCpuMs: 10_001 });
    const judged = judgeProject(aProject({ runs: { cold: slow } }), limits);
    expect(judged.findings).toEqual([]);
    expect(judged.inconclusive?.[0]).toContain('too busy');
    expect(raised({ runs: { cold: { ...slow, waitedForCpuMs: 10_000 } } })).toEqual(['COL051 error']);
  });

  it.each([
    [999_999_999, []],
    [1_000_000_000, ['COL052 error']],
  ])('judges %i bytes of the larger run', (bytes, expected) => {
    const peak = { bytes, source: 'cgroup-v2' } as const;
    expect(raised({ runs: { cold: aRun(), warm: aRun({ peak }) } })).toEqual(expected);
  });

  it.each([
    [30, []],
    [31, ['COL053 error']],
  ])('wants at least %i tests', (minTests, expected) => {
    expect(raised({}, { minTests })).toEqual(expected);
  });

  it('wants a test that is not deselected', () => {
    const tests = { found: 30, deselected: 30, files: 4 };
    expect(raised({ outcome: { kind: 'nothing-collected', deselected: 30 }, tests })).toEqual([
      'COL053 error',
    ]);
  });

  const IMAGE = { name: 'shop', folder: '/srv' };
  const NO_TESTS = {
    outcome: { kind: 'nothing-collected', deselected: 0 },
    tests: { found: 0, deselected: 0, files: 0 },
  } as const;

  it('tells of what is mounted where an image has no tests', () => {
    const [finding] = judge({ ...NO_TESTS, image: IMAGE });
    expect(finding?.evidence?.join()).toContain(
      '/srv of the image shop alone: what a compose file mounts there',
    );
    expect(finding?.cause?.text).toContain('the image has no tests in /srv');
  });

  it('blames no mount where there is no image, or where a selection is to blame', () => {
    const [here] = judge(NO_TESTS);
    expect([here?.cause, here?.evidence?.join()]).toEqual([undefined, expect.not.stringContaining('mounts')]);
    const tests = { found: 30, deselected: 30, files: 4 };
    const [selected] = judge({ outcome: { kind: 'nothing-collected', deselected: 30 }, tests, image: IMAGE });
    expect(selected?.cause?.text).toBe('the selection takes every test away');
  });

  it.each([
    [50_000, 5_001, []],
    [50_000, 5_000, ['COL057 error']],
    [5_000, 1, []],
    [5_001, 1, ['COL057 error']],
  ])('judges what of %i ms is hidden when pytest says %i', (wallMs, pytestSaysMs, expected) => {
    expect(raised({ runs: { warm: aRun({ wallMs, pytestSaysMs }) } })).toEqual(expected);
  });

  it('warns of every cause with its fix, under a code that is explained', () => {
    const ids: Readonly<Record<CauseId, true>> = {
      'killed-for-memory': true,
      'hidden-exit-code': true,
      'workers-exceed-memory': true,
      'workers-exceed-cpus': true,
      'heavy-import': true,
      'heavy-conftest': true,
      'waits-at-import': true,
      'import-deadlock': true,
      'parametrize-explosion': true,
      'mostly-deselected': true,
      'expensive-plugin': true,
      'slow-hook': true,
      'end-of-session-gc': true,
      'bytecode-never-cached': true,
      'walks-in-vain': true,
      'slow-file-system': true,
      'emulated-processor': true,
      'descriptor-limit': true,
      'small-shared-memory': true,
      'init-ignores-signals': true,
      musl: true,
      'extension-missing': true,
      'symlink-loop': true,
      'leftover-thread': true,
      'leftover-child': true,
      'memory-grows': true,
    };
    const causes = (Object.keys(ids) as CauseId[]).map((id) => ({
      id,
      message: id,
      certainty: 'certain' as const,
      savesMs: 900,
      evidence: ['seen'],
      fix: 'change it',
      location: { path: 'conftest.py', line: 3 },
    }));
    const findings = judge({ causes });
    expect(findings).toHaveLength(causes.length);
    for (const finding of findings) {
      expect(Object.keys(projectFindings)).toContain(finding.code);
      expect(finding).toMatchObject({
        severity: 'warning',
        measured: { value: 900, unit: 'ms' },
        cause: { text: finding.message.replaceAll('-', ' '), certainty: 'certain' },
        fix: { text: 'change it', location: { path: 'conftest.py', line: 3 } },
      });
    }
  });
});
