import { describe, expect, test } from 'vitest';
import type { CollectionOutcome } from '../../../src/model/collection-outcome.ts';
import { findCauses } from '../../../src/profile/find-causes.ts';
import { requestedWorkers } from '../../../src/profile/causes/requested-workers.ts';
import {
  collectorOf,
  importOf,
  inputOf,
  type InputOptions,
  machineOf,
  phasesOf,
  recordingOf,
  ROOT,
  runOf,
  SESSION,
} from '../hand-made.ts';

const found = (options: InputOptions) => findCauses(inputOf(options));
const idsOf = (options: InputOptions) => found(options).map(({ id }) => id);
const at = { phase: 'collect' as const, path: `${ROOT}/tests/test_cart.py`, atMs: 500 };

describe('killed for memory', () => {
  const outcome: CollectionOutcome = { kind: 'killed-for-memory', by: 'own-limit', at, limitBytes: 64e6 };
  const killed = runOf(
    { collectors: [SESSION, collectorOf('tests/test_cart.py', { memoryBytes: 50e6 })] },
    {
      outcome,
      exit: { code: null, signal: 'SIGKILL' },
      peak: { bytes: 64e6, source: 'cgroup-v1', processes: [] },
    },
  );

  test('by whose limit, in which file, and what grew', () => {
    expect(found({ runs: { cold: killed } })).toMatchObject([
      {
        id: 'killed-for-memory',
        message: 'killed at 61 MiB by its memory limit of 61 MiB, while tests/test_cart.py was collected',
        fix: expect.stringContaining('make tests/test_cart.py smaller'),
        location: { path: 'tests/test_cart.py' },
      },
    ]);
  });
});

describe('workers', () => {
  test.each([
    [['-n', '4'], 4],
    [['-n4'], 4],
    [['-n=4'], 4],
    [['--numprocesses=auto'], 'auto'],
    [['--numprocesses', 'logical'], 'logical'],
    [['-n', '4', '-n', '0'], undefined],
    [['tests', '-k', 'n'], undefined],
    [['--no-header'], undefined],
  ])('%j asks for %s', (args, expected) => expect(requestedWorkers({ args })).toBe(expected));

  const asking = (...args: string[]) => ({ warm: runOf({ pytest: { ...recordingOf().pytest!, args } }) });
  const workers = { limit: 200e6, origin: '--limit', perWorker: 40e6, largest: 4, cpus: 8 };

  test('more than fit into memory', () => {
    expect(found({ runs: asking('-n', '5'), profile: { workers } })).toMatchObject([
      { id: 'workers-exceed-memory', fix: '-n 4 is the largest that fits' },
    ]);
    expect(idsOf({ runs: asking('-n', '4'), profile: { workers } })).toEqual([]);
  });

  test('auto does not know the quota', () => {
    const machine = (quota: number) => machineOf({ cpus: { visible: 8, quota } });
    expect(found({ runs: asking('-n', 'auto'), machine: machine(1.5) })).toMatchObject([
      { id: 'workers-exceed-cpus', fix: 'set PYTEST_XDIST_AUTO_NUM_WORKERS=2' },
    ]);
    expect(idsOf({ runs: asking('-n', 'auto'), machine: machine(8) })).toEqual([]);
    expect(idsOf({ runs: asking('-n', '8'), machine: machine(1.5) })).toEqual([]);
  });
});

describe('the machine', () => {
  const runs = { warm: runOf() };

  test('a limit of open files that makes starting a program slow', () => {
    const of = (spawnMs: number) => machineOf({ descriptors: { soft: 2 ** 30, hard: 2 ** 30 }, spawnMs });
    expect(idsOf({ runs, machine: of(100) })).toEqual(['descriptor-limit']);
    expect(idsOf({ runs, machine: of(99) })).toEqual([]);
  });

  test('one that is nearly reached', () => {
    const of = (descriptors: number) => ({
      runs: { warm: runOf({ leftovers: { threads: [], children: [], descriptors } }) },
      machine: machineOf({ descriptors: { soft: 1000, hard: 4096 } }),
    });
    expect(idsOf(of(700))).toEqual(['descriptor-limit']);
    expect(idsOf(of(699))).toEqual([]);
  });

  test('shared memory as small as Docker makes it, for those who need it', () => {
    const of = (bytes: number, module: string) => ({
      runs: { warm: runOf({ imports: [importOf(module)] }) },
      machine: machineOf({ sharedMemoryBytes: bytes }),
    });
    expect(idsOf(of(64 * 1024 * 1024, 'torch'))).toEqual(['small-shared-memory']);
    expect(idsOf(of(64 * 1024 * 1024 + 4096, 'torch'))).toEqual([]);
    expect(idsOf(of(64 * 1024 * 1024, 'torchlight'))).toEqual([]);
  });

  test('process 1 that runs the tests and ignores SIGTERM', () => {
    const of = (command: string, handlesTerm: boolean) => ({
      runs,
      machine: machineOf({ init: { command, handlesTerm, handlesInterrupt: true } }),
    });
    expect(idsOf(of('python -m pytest', false))).toEqual(['init-ignores-signals']);
    expect(idsOf(of('python -m pytest', true))).toEqual([]);
    expect(idsOf(of('gunicorn app', false))).toEqual([]);
  });

  test('an emulated processor', () => {
    expect(idsOf({ runs, machine: machineOf({ emulation: 'qemu' }) })).toEqual(['emulated-processor']);
  });

  test('a crash with musl', () => {
    const crashed = runOf(
      {},
      {
        outcome: { kind: 'crashed', signal: 'SIGSEGV', at, stacks: [] },
        exit: { code: null, signal: 'SIGSEGV' },
      },
    );
    expect(idsOf({ runs: { cold: crashed }, machine: machineOf({ libc: 'musl' }) })).toEqual(['musl']);
    expect(idsOf({ runs: { cold: crashed }, machine: machineOf({ libc: 'glibc' }) })).toEqual([]);
  });
});

describe('the project', () => {
  test('an extension that is not there', () => {
    const name = {
      name: '_fast',
      module: 'shop',
      folder: `${ROOT}/shop`,
      exists: false,
      otherBuilds: [],
      sources: [],
    };
    expect(found({ project: { names: [{ ...name, sources: ['_fast.pyx'] }] } })).toMatchObject([
      { id: 'extension-missing', certainty: 'certain', location: { path: 'shop/__init__.py' } },
    ]);
    expect(found({ project: { names: [name] } })).toMatchObject([{ certainty: 'likely' }]);
    expect(idsOf({ project: { names: [{ ...name, exists: true }] } })).toEqual([]);
    expect(idsOf({ project: { names: [{ ...name, name: 'Cart' }] } })).toEqual([]);
  });

  test('a symbolic link that leads round', () => {
    const link = { path: `${ROOT}/tests/all`, target: ROOT, loop: true };
    expect(found({ project: { links: [link] } })).toMatchObject([
      {
        id: 'symlink-loop',
        location: { path: 'tests/all' },
        fix: expect.stringContaining('--ignore=tests/all'),
      },
    ]);
  });
});

describe('what is left', () => {
  test('threads that keep the process alive', () => {
    const of = (daemon: boolean) => ({
      runs: {
        warm: runOf({
          phases: phasesOf({ exit: 700 }),
          leftovers: { threads: [{ name: 'poller', daemon }], children: [], descriptors: 9 },
        }),
      },
    });
    expect(found(of(false))).toMatchObject([{ id: 'leftover-thread', savesMs: 700 }]);
    expect(idsOf(of(true))).toEqual([]);
  });

  test('processes, whoever saw them', () => {
    expect(found({ runs: { warm: runOf({}, { leftBehind: ['sleep 60'] }) } })).toMatchObject([
      { id: 'leftover-child', message: 'collection leaves a process behind: sleep 60' },
    ]);
  });

  test('memory that each file adds', () => {
    const of = (each: number, files: number, first = 0) => ({
      runs: {
        warm: runOf({
          collectors: [
            SESSION,
            ...Array.from({ length: files }, (_, file) =>
              collectorOf(`tests/test_${file}.py`, { atMs: 310 + 10 * file, wallMs: 5 }),
            ),
          ],
          memory: Array.from({ length: files }, (_, file) => ({
            atMs: 315 + 10 * file,
            bytes: 30e6 + each * file + (file === 0 ? 0 : first),
          })),
        }),
      },
      profile: { tests: { found: 10 * files, deselected: 0, files } },
    });
    expect(found(of(360_000, 21))).toMatchObject([{ id: 'memory-grows', savesBytes: 7_200_000 }]);
    expect(idsOf(of(359_999, 21))).toEqual([]);
    expect(idsOf(of(400_000, 20))).toEqual([]);
    // Once is no growth.
    expect(idsOf(of(30_000, 21, 90e6))).toEqual([]);
  });
});
