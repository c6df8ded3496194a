import type { ObservedRun, ProjectObservation } from '../../../src/scenarios/project/project-observation.ts';

/** A run of 2 s, of which pytest tells 1.2, with some things changed. */
export function aRun(change: Partial<ObservedRun> = {}): ObservedRun {
  return {
    wallMs: 2_000,
    cpuMs: 1_900,
    waitedForCpuMs: 0,
    peak: { bytes: 80_000_000, source: 'cgroup-v2' },
    phases: [{ name: 'collect', atMs: 300, wallMs: 1_200, cpuMs: 1_100, memoryBytes: 30_000_000 }],
    pytestSaysMs: 1_200,
    memory: [{ atMs: 0, bytes: 10_000_000 }],
    ...change,
  };
}

/** A project of 30 tests whose collection went well, with some things changed. */
export function aProject(change: Partial<ProjectObservation> = {}): ProjectObservation {
  return {
    python: '3.11.7',
    pytest: '9.0.3',
    command: 'python -m pytest --collect-only',
    outcome: { kind: 'finished' },
    tests: { found: 30, deselected: 0, files: 4 },
    runs: { cold: aRun(), warm: aRun({ wallMs: 1_500 }) },
    files: [],
    conftests: [],
    imports: [],
    plugins: [],
    errorCount: 0,
    errors: [],
    causes: [],
    added: [],
    ...change,
  };
}
