import type { CollectionRun } from '../../src/model/collection-run.ts';
import type {
  CollectorRecord,
  ImportRecord,
  PhaseName,
  PhaseRecord,
  PluginFacts,
  Recording,
} from '../../src/model/recording.ts';
import { assembleProfile } from '../../src/profile/assemble-profile.ts';
import type { CauseInput, ProfileRuns } from '../../src/profile/causes/cause-input.ts';
import type { MachineFacts } from '../../src/profile/machine-facts.ts';
import type { ProjectFacts } from '../../src/profile/project-facts.ts';

/** Where hand-made projects lie. Nothing is read there. */
export const ROOT = '/code/shop';

/** The phases of a run in order, each so long, on a processor of its own. */
export function phasesOf(lengths: Partial<Record<PhaseName, number>> = {}): PhaseRecord[] {
  const usual: Record<PhaseName, number> = {
    'start-up': 50,
    import: 150,
    configure: 100,
    collect: 600,
    modify: 10,
    report: 20,
    unconfigure: 50,
    exit: 20,
  };
  let atMs = 0;
  return (Object.entries({ ...usual, ...lengths }) as [PhaseName, number][]).map(([name, wallMs]) => {
    const phase = { name, atMs, wallMs, cpuMs: wallMs, memoryBytes: 1_000_000 };
    atMs += wallMs;
    return phase;
  });
}

/** A collector that took `wallMs` by itself, nearly all of it work. */
export function collectorOf(
  nodeId: string,
  more: Partial<CollectorRecord> & { readonly wallMs?: number; readonly memoryBytes?: number } = {},
): CollectorRecord {
  const { wallMs = 10, memoryBytes = 30_000, ...rest } = more;
  return {
    parent: 0,
    kind: 'Module',
    nodeId,
    path: `${ROOT}/${nodeId.split('::')[0]}`,
    atMs: 310,
    own: { wallMs, cpuMs: 0.9 * wallMs, memoryBytes, gcRuns: 0, gcMs: 0 },
    outcome: 'passed',
    items: 10,
    ...rest,
  };
}

export const SESSION: CollectorRecord = collectorOf('', {
  parent: -1,
  kind: 'Session',
  path: ROOT,
  atMs: 300,
  wallMs: 1,
  items: 0,
});

/** An import at the top of a test file. */
export function importOf(module: string, more: Partial<ImportRecord> = {}): ImportRecord {
  const wallMs = more.wallMs ?? 10;
  return {
    module,
    path: `/usr/lib/python3/dist-packages/${module.replaceAll('.', '/')}/__init__.py`,
    parent: -1,
    atMs: 320,
    wallMs,
    cpuMs: 0.9 * wallMs,
    memoryBytes: 100_000,
    within: `${ROOT}/tests/test_cart.py`,
    ...more,
  };
}

export const BUILTIN = (name: string): PluginFacts => ({
  name,
  origin: 'builtin',
  path: `/lib/_pytest/${name}.py`,
});

/** What a healthy project of one folder with three files tells, a second long. */
export function recordingOf(more: Partial<Recording> = {}): Recording {
  const files = ['tests/test_cart.py', 'tests/test_order.py', 'tests/test_price.py'];
  return {
    python: {
      executable: '/usr/bin/python3',
      version: '3.11.7',
      implementation: 'CPython',
      pid: 12,
      dontWriteBytecode: false,
    },
    pytest: {
      version: '9.0.3',
      pluggy: '1.6.0',
      rootdir: ROOT,
      testpaths: [],
      args: [],
      plugins: [BUILTIN('python'), BUILTIN('unraisableexception'), BUILTIN('threadexception')],
    },
    phases: phasesOf(),
    collectors: [
      SESSION,
      collectorOf('tests', { kind: 'Dir', items: 0, wallMs: 2 }),
      ...files.map((file) => collectorOf(file, { parent: 1 })),
    ],
    conftests: [],
    imports: [],
    sources: files.map((file) => ({
      path: `${ROOT}/${file}`,
      hit: true,
      written: false,
      rewriteMs: 0.1,
      execMs: 5,
    })),
    hooks: [],
    errors: [],
    items: {
      found: 30,
      deselected: 0,
      hash: 'a'.repeat(64),
      sortedHash: 'b'.repeat(64),
      files: files.map((file) => ({ path: `${ROOT}/${file}`, found: 10, deselected: 0 })),
    },
    memory: [
      { atMs: 250, bytes: 25_000_000 },
      { atMs: 900, bytes: 40_000_000 },
    ],
    garbage: { runs: [20, 2, 1], wallMs: 5 },
    ownPeakBytes: 40_000_000,
    ownCpuMs: 900,
    last: { phase: 'exit', atMs: 1000 },
    ending: { status: 0, kind: 'finished' },
    leftovers: { threads: [], children: [], descriptors: 9 },
    ...more,
  };
}

export function runOf(recording: Partial<Recording> = {}, more: Partial<CollectionRun> = {}): CollectionRun {
  const whole = recordingOf(recording);
  const wallMs = whole.phases.reduce((sum, phase) => sum + phase.wallMs, 0);
  return {
    outcome: { kind: 'finished' },
    recording: whole,
    command: ['/usr/bin/python3', 'collect_main.py'],
    cwd: ROOT,
    runner: 'host',
    bytecode: 'warm',
    exit: { code: 0, signal: null },
    wallMs,
    cpuMs: 0.9 * wallMs,
    peak: { bytes: 40_000_000, source: 'high-water-marks', processes: [] },
    spans: whole.phases.map(({ name, atMs, wallMs: length }) => ({
      name,
      fromMs: atMs,
      toMs: atMs + length,
    })),
    output: { stdout: '', stderr: '' },
    leftBehind: [],
    ...more,
  };
}

export interface InputOptions {
  readonly runs?: ProfileRuns;
  readonly machine?: MachineFacts;
  readonly project?: Partial<ProjectFacts>;
  /** Texts of files by absolute path. */
  readonly sources?: Readonly<Record<string, string>>;
  readonly profile?: Partial<CauseInput['profile']>;
}

/** What causes are concluded from, of hand-made runs. */
export function inputOf({
  runs = { warm: runOf() },
  machine,
  project,
  sources = {},
  profile,
}: InputOptions): CauseInput {
  const readSource = (path: string) => sources[path];
  const target = { root: ROOT, python: '/usr/bin/python3' };
  return {
    profile: { ...assembleProfile(target, runs, readSource, new Date(0)), ...profile },
    runs,
    readSource,
    ...(machine !== undefined && { machine }),
    ...(project !== undefined && { project: { vain: [], links: [], names: [], ...project } }),
  };
}

export function machineOf(more: Partial<MachineFacts> = {}): MachineFacts {
  return { cpus: { visible: 8 }, memory: { totalBytes: 16_000_000_000 }, ...more };
}
