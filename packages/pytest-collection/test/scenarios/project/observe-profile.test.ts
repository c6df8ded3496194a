import { describe, expect, it } from 'vitest';
import { judgeProject } from '../../../src/scenarios/project/judge-project.ts';
import { observeProfile } from '../../../src/scenarios/project/measure-project.ts';
import { projectLimits } from '../../../src/scenarios/project/project-limits.ts';
import { aProfile, aRun, largeProfile } from '../../formats/a-profile.ts';
import { defaultsOf } from '../defaults-of.ts';

const surroundings = { added: [], waitedForCpuMs: { cold: 30, warm: null } };

describe('observeProfile', () => {
  it('is plain data of a bounded size, however large the suite', () => {
    const observed = observeProfile(largeProfile(20_000), surroundings);
    expect(JSON.parse(JSON.stringify(observed))).toStrictEqual(observed);
    expect(observed.files.length).toBeLessThanOrEqual(20);
    expect(JSON.stringify(observed).length).toBeLessThan(200_000);
  });

  it('keeps the figures of each run, with how long it waited for a processor', () => {
    const profile = aProfile({ runs: { cold: aRun(2), warm: aRun(1) } });
    const { runs, tests } = observeProfile(profile, surroundings);
    expect(runs.cold).toMatchObject({ wallMs: profile.runs.cold?.wallMs, waitedForCpuMs: 30 });
    expect(runs.warm).toMatchObject({ wallMs: profile.runs.warm?.wallMs, waitedForCpuMs: null });
    expect(tests).toEqual({ found: 1204, deselected: 4, files: 12 });
  });

  it('counts all errors, and keeps twenty', () => {
    const error = { nodeId: 'a.py', type: 'ImportError', message: 'm', traceback: 't' };
    const errors = Array.from({ length: 50 }, () => error);
    const profile = aProfile({ errors, outcome: { kind: 'errors', errors } });
    const observed = observeProfile(profile, surroundings);
    expect(observed.errorCount).toBe(50);
    expect(observed.errors).toHaveLength(20);
    expect(judgeProject(observed, defaultsOf(projectLimits)).findings[0]?.measured?.value).toBe(50);
  });

  it('names files of the project by their place in it', () => {
    const at = { phase: 'collect', path: '/code/shop/tests/test_a.py', atMs: 3 } as const;
    const observed = observeProfile(
      aProfile({ outcome: { kind: 'vanished', exitCode: 0, at } }),
      surroundings,
    );
    expect(observed.outcome).toMatchObject({ at: { path: 'tests/test_a.py' } });
  });
});
