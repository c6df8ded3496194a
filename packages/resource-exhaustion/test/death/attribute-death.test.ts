import { describe, expect, test } from 'vitest';
import { attributeDeath } from '../../src/death/attribute-death.ts';
import type { CgroupReading, CgroupWitness, DeathEvidence } from '../../src/death/death-evidence.ts';
import { victimEvidence } from '../../src/death/victim-evidence.ts';
import type { Death } from '../../src/model/death.ts';

const LIMIT = 256 * 2 ** 20;
const KILLED = { code: null, signal: 'SIGKILL' };
const CODE_137 = { code: 137, signal: null };

/** Version 1: the kernel keeps the peak and counts kills. */
function v1(kills: number, peakShare: number, limitBytes: number | undefined = LIMIT): CgroupWitness {
  return {
    folder: '/sys/fs/cgroup/memory/docker/abc',
    ...(limitBytes === undefined ? {} : { limitBytes }),
    before: { kills: { own: 3 }, peakBytes: 1e6 },
    after: { kills: { own: 3 + kills }, peakBytes: peakShare * (limitBytes ?? LIMIT) },
  };
}

/** Version 2: it counts hits of the limit too. */
function v2(kills: number, hits: number, extra: Partial<CgroupWitness> = {}): CgroupWitness {
  return {
    folder: '/sys/fs/cgroup/system.slice/docker-abc.scope',
    limitBytes: LIMIT,
    before: { kills: { own: 0, hierarchical: 0, ownLimitHits: 5 } },
    after: { kills: { own: kills, hierarchical: kills, ownLimitHits: 5 + hits } },
    ...extra,
  };
}

const around = (before: CgroupReading, after: CgroupReading, limitBytes?: number): CgroupWitness => ({
  folder: '/sys/fs/cgroup/ci.slice',
  ...(limitBytes === undefined ? {} : { limitBytes }),
  before,
  after,
});

type Row = [string, DeathEvidence, Death['by'], Death['certainty']];

describe('killed for memory', () => {
  test.each<Row>([
    // PID 1 is the hog: the cgroup is gone with it, and the engine tells.
    [
      'PID 1, version 1',
      {
        ending: CODE_137,
        cgroups: [{ ...v1(0, 1), after: {} }],
        engine: { oomEvents: 1, oomKilled: true, cgroupVersion: 1, isMain: true },
      },
      'own-limit',
      'certain',
    ],
    [
      'PID 1, version 2, the event was missed, the flag is set',
      {
        ending: CODE_137,
        cgroups: [v2(1, 1, { after: {} })],
        engine: { oomEvents: 0, oomKilled: true, cgroupVersion: 2, isMain: true },
      },
      'own-limit',
      'certain',
    ],
    [
      'PID 1, of a container whose limit nobody read',
      { ending: CODE_137, engine: { oomEvents: 1, oomKilled: true } },
      'own-limit',
      'likely',
    ],
    // A child of the keeper.
    [
      'a child, as its parent and the counter say, version 1',
      { ending: KILLED, cgroups: [v1(1, 1)] },
      'own-limit',
      'certain',
    ],
    ['a child, just below the limit', { ending: KILLED, cgroups: [v1(1, 0.985)] }, 'own-limit', 'certain'],
    ['a child, version 2', { ending: KILLED, cgroups: [v2(1, 1)] }, 'own-limit', 'certain'],
    [
      'a child; the flag is false while its container runs on version 1',
      { ending: KILLED, cgroups: [v1(1, 1)], engine: { oomEvents: 1, oomKilled: false, cgroupVersion: 1 } },
      'own-limit',
      'certain',
    ],
    [
      'a child, as the keeper alone counted',
      { ending: KILLED, keeper: { killsBefore: 0, killsAfter: 1, peakBytes: LIMIT } },
      'own-limit',
      'likely',
    ],
    [
      'a process of docker exec: 137',
      { ending: CODE_137, cgroups: [v1(1, 1)], engine: { oomEvents: 1, cgroupVersion: 1 } },
      'own-limit',
      'certain',
    ],
    [
      '/dev/shm over the memory limit',
      { ending: KILLED, cgroups: [v1(1, 1)], sharedMemory: { sizeBytes: 2 * LIMIT, freeBytes: LIMIT } },
      'own-limit',
      'certain',
    ],
    [
      'version 2 missed both event and flag: the counter is believed',
      { ending: CODE_137, cgroups: [v2(1, 1)], engine: { oomEvents: 0, oomKilled: false, cgroupVersion: 2 } },
      'own-limit',
      'certain',
    ],
    [
      'a peak that had stood at the limit before, and no other limit',
      { ending: KILLED, cgroups: [{ ...v1(1, 1), before: { kills: { own: 3 }, peakBytes: LIMIT } }] },
      'own-limit',
      'certain',
    ],
    [
      'two died, and the kernel killed one of them',
      { ending: KILLED, cgroups: [v1(1, 1)], deaths: 2 },
      'own-limit',
      'likely',
    ],
    // Not by its own limit.
    [
      'a limit around it, version 1',
      {
        ending: KILLED,
        cgroups: [v1(1, 0.4), around({ peakBytes: 1 }, { kills: { own: 0 }, peakBytes: 3e8 }, 3e8)],
      },
      'ancestor-limit',
      'certain',
    ],
    [
      'a limit around it, version 2',
      {
        ending: KILLED,
        cgroups: [
          v2(1, 0),
          around(
            { kills: { own: 0, hierarchical: 1, ownLimitHits: 0 } },
            { kills: { own: 0, hierarchical: 2, ownLimitHits: 1 } },
            3e8,
          ),
        ],
      },
      'ancestor-limit',
      'certain',
    ],
    [
      'no limit that can be seen, on a machine out of memory',
      { ending: KILLED, cgroups: [v1(1, 0.4)], machine: { totalBytes: 8e9, lowestAvailableBytes: 5e7 } },
      'host',
      'certain',
    ],
    [
      'no limit that can be seen, with memory to spare',
      { ending: KILLED, cgroups: [v2(1, 0)], machine: { totalBytes: 8e9, lowestAvailableBytes: 4e9 } },
      'host',
      'likely',
    ],
    [
      'no limit at all',
      { ending: KILLED, cgroups: [{ ...v1(1, 1), limitBytes: undefined } as unknown as CgroupWitness] },
      'host',
      'likely',
    ],
  ])('%s', (_, evidence, by, certainty) => {
    const { limitBytes, limitFolder, ...death } = attributeDeath(evidence);
    expect(death).toMatchObject({ by, certainty });
    expect(death.witnesses.length).toBeGreaterThan(certainty === 'certain' ? 1 : 0);
    if (by === 'ancestor-limit') expect([limitBytes, limitFolder]).toEqual([3e8, '/sys/fs/cgroup/ci.slice']);
    if (by === 'own-limit' && certainty === 'certain') expect(limitBytes).toBe(LIMIT);
  });
});

describe('killed, and not for memory', () => {
  test.each<Row>([
    ['SIGKILL while the counter stood still', { ending: KILLED, cgroups: [v1(0, 0.4)] }, 'signal', 'certain'],
    [
      'docker kill, or a stop whose time was over, version 1',
      { ending: CODE_137, engine: { oomEvents: 0, oomKilled: false, cgroupVersion: 1, isMain: true } },
      'signal',
      'certain',
    ],
    [
      'the same on version 2, where kills are missed',
      { ending: CODE_137, engine: { oomEvents: 0, oomKilled: false, cgroupVersion: 2, isMain: true } },
      'signal',
      'likely',
    ],
    [
      'with a peak at the limit, as caches bring it there',
      { ending: KILLED, cgroups: [v1(0, 1)] },
      'signal',
      'certain',
    ],
    ['that we sent ourselves', { ending: KILLED, sent: 'SIGKILL' }, 'signal', 'certain'],
    [
      'the counter stood still, though the container is flagged',
      { ending: KILLED, cgroups: [v1(0, 0.4)], engine: { oomKilled: true } },
      'signal',
      'certain',
    ],
    ['SIGTERM by someone', { ending: { code: 143, signal: null } }, 'signal', 'likely'],
    ['nobody looked', { ending: KILLED }, 'unknown', 'unknown'],
    ['nobody saw the end', { ending: { code: null, signal: null } }, 'unknown', 'unknown'],
  ])('%s', (_, evidence, by, certainty) => {
    expect(attributeDeath(evidence)).toMatchObject({ by, certainty });
  });
});

describe('other limits', () => {
  const forks = (refused: number): CgroupWitness => ({
    folder: '/sys/fs/cgroup/pids/docker/abc',
    before: { refusedForks: 2 },
    after: { refusedForks: 2 + refused },
  });
  test.each<Row>([
    [
      'SIGBUS with /dev/shm full',
      { ending: { code: null, signal: 'SIGBUS' }, sharedMemory: { sizeBytes: 67108864, freeBytes: 0 } },
      'shared-memory',
      'certain',
    ],
    [
      '135 with /dev/shm full',
      {
        ending: { code: 135, signal: null },
        engine: { oomEvents: 0, oomKilled: false },
        sharedMemory: { sizeBytes: 67108864, freeBytes: 4096 },
      },
      'shared-memory',
      'certain',
    ],
    ['135, nobody looked at /dev/shm', { ending: { code: 135, signal: null } }, 'shared-memory', 'likely'],
    [
      'SIGBUS with room in /dev/shm: a mapped file that was cut',
      { ending: { code: null, signal: 'SIGBUS' }, sharedMemory: { sizeBytes: 67108864, freeBytes: 6e7 } },
      'itself',
      'likely',
    ],
    [
      "a shell that can't fork: exit code 2, no event",
      {
        ending: { code: 2, signal: null },
        cgroups: [forks(3)],
        said: "can't fork",
        engine: { oomEvents: 0, oomKilled: false },
      },
      'pids-limit',
      'certain',
    ],
    [
      'Python: BlockingIOError',
      { ending: { code: 1, signal: null }, cgroups: [forks(1)], said: 'BlockingIOError' },
      'pids-limit',
      'certain',
    ],
    [
      'forks were refused, and it says nothing',
      { ending: { code: 2, signal: null }, cgroups: [forks(1)] },
      'pids-limit',
      'likely',
    ],
    [
      'it says so, and nobody counts',
      { ending: { code: 2, signal: null }, said: 'EAGAIN' },
      'pids-limit',
      'likely',
    ],
    [
      'forks were refused to others: it ended well',
      { ending: { code: 0, signal: null }, cgroups: [forks(1)] },
      'itself',
      'likely',
    ],
  ])('%s', (_, evidence, by, certainty) => {
    expect(attributeDeath(evidence)).toMatchObject({ by, certainty });
  });
});

describe('by itself', () => {
  test.each<Row>([
    [
      'exit code 0 of a parent whose child was killed: OOMKilled is true',
      { ending: { code: 0, signal: null }, engine: { oomEvents: 1, oomKilled: true, isMain: true } },
      'itself',
      'certain',
    ],
    [
      'MemoryError under RLIMIT_AS or RLIMIT_DATA',
      { ending: { code: 1, signal: null }, cgroups: [v1(0, 0.4)], said: 'MemoryError' },
      'itself',
      'certain',
    ],
    ['an exit code, and nothing else is known', { ending: { code: 3, signal: null } }, 'itself', 'likely'],
    ['Node as PID 1 out of its heap: 139', { ending: { code: 139, signal: null } }, 'itself', 'likely'],
    [
      'Node under RLIMIT_AS: aborted, with a message',
      { ending: { code: null, signal: 'SIGABRT' }, said: 'Fatal process out of memory' },
      'itself',
      'certain',
    ],
  ])('%s', (_, evidence, by, certainty) => {
    expect(attributeDeath(evidence)).toMatchObject({ by, certainty });
  });

  test('says that another one was killed', () => {
    const { witnesses } = attributeDeath({ ending: { code: 0, signal: null }, engine: { oomKilled: true } });
    expect(witnesses).toContain('another process of the sandbox was killed for memory');
  });
});

test('witnesses come with their figures', () => {
  const { witnesses } = attributeDeath({
    ending: KILLED,
    cgroups: [v2(1, 2)],
    engine: { oomEvents: 1, cgroupVersion: 2 },
  });
  expect(witnesses).toEqual([
    'ended by SIGKILL, as its parent saw',
    'oom_kill of /sys/fs/cgroup/system.slice/docker-abc.scope rose from 0 to 1',
    'the engine told of 1 oom event',
    `the limit of ${LIMIT} bytes of /sys/fs/cgroup/system.slice/docker-abc.scope was hit: oom rose from 5 to 7`,
  ]);
});

test('of a victim of an exhaustion: its keeper and the gauge are the two witnesses', () => {
  const death = {
    atMs: 10,
    worker: 0,
    pid: 7,
    heldBytes: LIMIT - 1e6,
    ending: { ...KILLED, killsBefore: 0, killsAfter: 1, peakBytes: LIMIT },
    gaugeKillsBefore: 0,
    gaugeKillsAfter: 1,
    gaugePeakBytes: LIMIT,
  };
  const sandbox = { name: 'container of shop-tests', effective: { memoryBytes: LIMIT } };
  expect(attributeDeath(victimEvidence(death, sandbox))).toMatchObject({
    by: 'own-limit',
    certainty: 'certain',
    limitBytes: LIMIT,
  });
  const { gaugeKillsBefore: _, gaugeKillsAfter: __, ...unseen } = { ...death, ending: KILLED };
  expect(attributeDeath(victimEvidence(unseen, sandbox))).toMatchObject({ by: 'unknown' });

  // Two died at once, and the gauge had counted both before this one was taken down.
  const late = { ...death, gaugeKillsBefore: 2, gaugeKillsAfter: 2 };
  expect(attributeDeath(victimEvidence(late, sandbox, 2))).toMatchObject({
    by: 'own-limit',
    certainty: 'certain',
  });
});
