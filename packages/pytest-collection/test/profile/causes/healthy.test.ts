import { expect, test } from 'vitest';
import { findCauses } from '../../../src/profile/find-causes.ts';
import { inputOf, machineOf, phasesOf, runOf } from '../hand-made.ts';

test('a healthy project has no causes', () => {
  expect(findCauses(inputOf({ machine: machineOf(), project: {} }))).toEqual([]);
});

test('nor has one in a container as Docker makes it', () => {
  const machine = machineOf({
    sharedMemoryBytes: 64 * 1024 * 1024,
    descriptors: { soft: 1_048_576, hard: 1_048_576 },
    spawnMs: 4,
    init: { command: 'sleep infinity', handlesTerm: false, handlesInterrupt: false },
    libc: 'musl',
    mount: { type: 'overlay', point: '/', source: 'overlay' },
    statMicroseconds: 6,
    cpus: { visible: 8, quota: 2 },
    memory: { totalBytes: 16e9, limitBytes: 5e8 },
  });
  expect(findCauses(inputOf({ machine, project: {} }))).toEqual([]);
});

test('nothing is concluded of a run that never came as far as Python', () => {
  const run = runOf(
    { phases: [], collectors: [], sources: [], memory: [] },
    { outcome: { kind: 'no-pytest', message: 'x' } },
  );
  expect(findCauses(inputOf({ runs: { cold: run } }))).toEqual([]);
});

test('what ends a run comes before what slows it down', () => {
  const killed = runOf(
    { phases: phasesOf({ unconfigure: 4000 }) },
    {
      outcome: { kind: 'killed-for-memory', by: 'own-limit', at: { phase: 'collect', atMs: 1 } },
      exit: { code: null, signal: 'SIGKILL' },
    },
  );
  const ids = findCauses(inputOf({ runs: { warm: killed } })).map(({ id }) => id);
  expect(ids).toEqual(['killed-for-memory', 'end-of-session-gc']);
});
