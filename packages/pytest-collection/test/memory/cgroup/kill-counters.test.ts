import { openWorkspace } from '@seaworthy/scenario';
import { describe, expect, test } from 'vitest';
import {
  attributeKills,
  readKillCounters,
  type KillCounter,
  type KillCounters,
} from '../../../src/memory/cgroup/kill-counters.ts';
import { cgroupAt, events, oomControl, writeFiles } from './recorded-cgroups.ts';

const NO_LIMIT_1 = '9223372036854771712\n';

describe('readKillCounters', () => {
  test('version 2, from the run up to the top', async () => {
    await using workspace = await openWorkspace();
    const top = workspace.folder;
    writeFiles(top, {
      'slice/memory.max': '4294967296\n',
      'slice/memory.events': events({ oom: 3, oom_kill: 5 }),
      'slice/run/memory.max': 'max\n',
      'slice/run/memory.current': '900\n',
      'slice/run/memory.peak': '1000\n',
      'slice/run/memory.events': events({ oom: 1, oom_kill: 2 }),
      vmstat: 'nr_free_pages 1\noom_kill 9\n',
    });
    const place = cgroupAt(2, `${top}/slice/run`, top);
    expect(readKillCounters(place, { own: true, proc: top })).toEqual({
      own: true,
      host: 9,
      cgroups: [
        { path: `${top}/slice/run`, kills: 2, hits: 1, peak: 1000 },
        { path: `${top}/slice`, kills: 5, hits: 3, limit: 4294967296 },
        { path: top, kills: 0 },
      ],
    });
  });

  test('version 1', async () => {
    await using workspace = await openWorkspace();
    const top = workspace.folder;
    writeFiles(top, {
      'memory.oom_control': oomControl(0),
      'memory.limit_in_bytes': NO_LIMIT_1,
      'run/memory.oom_control': oomControl(4),
      'run/memory.limit_in_bytes': '1048576\n',
      'run/memory.usage_in_bytes': '4096\n',
      'run/memory.max_usage_in_bytes': '1048576\n',
    });
    const place = cgroupAt(1, `${top}/run`, top);
    expect(readKillCounters(place, { own: true, proc: '/nowhere' })).toEqual({
      own: true,
      host: 0,
      cgroups: [
        { path: `${top}/run`, kills: 4, limit: 1048576, peak: 1048576 },
        { path: top, kills: 0 },
      ],
    });
  });
});

test('version 2: a limit hit by another cgroup below the same one around is no hit of the latter', async () => {
  await using workspace = await openWorkspace();
  const top = workspace.folder;
  writeFiles(top, {
    'slice/memory.max': '4294967296\n',
    'slice/memory.events': events({ oom: 3, oom_kill: 5 }),
    'slice/memory.events.local': events({ oom: 0, oom_kill: 0 }),
  });
  const { cgroups } = readKillCounters(cgroupAt(2, `${top}/slice`, top), { own: false, proc: top });
  expect(cgroups[0]).toEqual({ path: `${top}/slice`, kills: 5, hits: 0, limit: 4294967296 });
});

describe('attributeKills', () => {
  const counters = (own: boolean, host: number, ...cgroups: Omit<KillCounter, 'path'>[]): KillCounters => ({
    own,
    host,
    cgroups: cgroups.map((counter, at) => ({ path: `/${at}`, ...counter })),
  });

  test('version 2: the innermost cgroup whose limit was hit is the guilty one', () => {
    const before = counters(true, 7, { kills: 0, hits: 0, limit: 64 }, { kills: 3, hits: 2, limit: 99 });
    const own = counters(true, 8, { kills: 1, hits: 1, limit: 64 }, { kills: 4, hits: 3, limit: 99 });
    expect(attributeKills(before, own)).toEqual({ own: 1, ancestors: 0, host: 0, limitBytes: 64 });
    const around = counters(true, 9, { kills: 2, hits: 0, limit: 64 }, { kills: 5, hits: 3, limit: 99 });
    expect(attributeKills(before, around)).toEqual({ own: 0, ancestors: 2, host: 0, limitBytes: 99 });
    const machine = counters(true, 8, { kills: 1, hits: 0, limit: 64 }, { kills: 4, hits: 2, limit: 99 });
    expect(attributeKills(before, machine)).toEqual({ own: 0, ancestors: 0, host: 1 });
  });

  test('version 1: a limit was hit where the peak reached it', () => {
    const before = counters(true, 7, { kills: 0, limit: 6400, peak: 0 }, { kills: 0, limit: 9900, peak: 20 });
    const own = counters(
      true,
      8,
      { kills: 1, limit: 6400, peak: 6390 },
      { kills: 0, limit: 9900, peak: 9000 },
    );
    expect(attributeKills(before, own)).toEqual({ own: 1, ancestors: 0, host: 0, limitBytes: 6400 });
    const around = counters(
      true,
      8,
      { kills: 1, limit: 6400, peak: 5000 },
      { kills: 0, limit: 9900, peak: 9900 },
    );
    expect(attributeKills(before, around)).toEqual({ own: 0, ancestors: 1, host: 0, limitBytes: 9900 });
    const machine = counters(true, 8, { kills: 1, peak: 5000 }, { kills: 0 });
    expect(attributeKills(before, machine)).toEqual({ own: 0, ancestors: 0, host: 1 });
  });

  test('kills elsewhere on the machine are not ours where the run has a cgroup of its own', () => {
    const before = counters(true, 7, { kills: 0, limit: 64, peak: 64 });
    expect(attributeKills(before, counters(true, 9, { kills: 0, limit: 64, peak: 64 }))).toEqual({
      own: 0,
      ancestors: 0,
      host: 0,
    });
  });

  test('without one they may be', () => {
    expect(attributeKills(counters(false, 7), counters(false, 8))).toEqual({ own: 0, ancestors: 0, host: 1 });
    const shared = counters(false, 7, { kills: 1, limit: 6400, peak: 1 });
    const after = counters(false, 8, { kills: 2, limit: 6400, peak: 6400 });
    expect(attributeKills(shared, after)).toEqual({ own: 0, ancestors: 1, host: 0, limitBytes: 6400 });
    const elsewhere = counters(false, 8, { kills: 1, limit: 6400, peak: 1 });
    expect(attributeKills(shared, elsewhere)).toEqual({ own: 0, ancestors: 0, host: 1 });
  });
});
