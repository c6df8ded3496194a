import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { makeCgroup, type Cgroup } from '@seaworthy/cgroups';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { exhaustMemory } from '../../../src/memory/exhaust-memory.ts';
import type { VictimDeath } from '../../../src/model/exhaustion.ts';
import { watchDeaths } from '../../../src/scenarios/sandbox/watch-deaths.ts';
import { MIB, openTestSandbox } from '../../sandboxes.ts';

const { signal } = new AbortController();

test.each(['cgroup', 'debian'] as const)(
  'in a %s the limit of the sandbox itself is named, by its folder, with two witnesses',
  async (where) => {
    await using opened = await openTestSandbox({ where, request: { memoryBytes: 64 * MIB, cpus: 1 } });
    const { sandbox } = opened;
    const attribute = watchDeaths(sandbox);
    const { deaths } = await exhaustMemory(sandbox, { overLimitShare: 0.1, holdMs: 0, signal });
    expect(attribute(deaths)).toMatchObject([
      {
        by: 'own-limit',
        certainty: 'certain',
        limitBytes: 64 * MIB,
        limitFolder: sandbox.cgroup?.folders.memory,
      },
    ]);
  },
  60_000,
);

/** A victim that takes memory without end in a cgroup, and how it went. */
async function dieIn(cgroup: { add(pid: number): void }): Promise<VictimDeath> {
  const child = spawn('/bin/sh', ['-c', 'read go; exec tail /dev/zero'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  cgroup.add(child.pid!);
  child.stdin.end('go\n');
  const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null];
  return { atMs: 1, worker: 0, pid: child.pid!, heldBytes: 0, ending: { code, signal: killedBy } };
}

test('a limit around the sandbox that is reached first is told from its own', async () => {
  await using workspace = await openWorkspace();
  await using around = await makeCgroup(workspace, { memoryBytes: 24 * MIB }, 'around');
  if (around === undefined) throw new Error('This test needs a control group that may be made');
  await using inner = await makeCgroup(workspace, { memoryBytes: 64 * MIB }, 'inner', {
    within: around.cgroup,
  });
  if (inner === undefined) throw new Error('This test needs a control group that may be made');
  const cgroup: Cgroup = inner.cgroup;
  const attribute = watchDeaths({ name: 'a sandbox', effective: { memoryBytes: 64 * MIB }, cgroup });
  expect(attribute([await dieIn(inner)])).toMatchObject([
    {
      by: 'ancestor-limit',
      certainty: 'certain',
      limitBytes: 24 * MIB,
      limitFolder: around.cgroup.folders.memory,
    },
  ]);
});

test('where the cgroup cannot be seen, the gauge is the witness', () => {
  const death: VictimDeath = {
    atMs: 1,
    worker: 0,
    pid: 1,
    heldBytes: 1,
    ending: { code: null, signal: 'SIGKILL', killsBefore: 0, killsAfter: 1 },
    gaugeKillsBefore: 0,
    gaugeKillsAfter: 1,
    gaugePeakBytes: 64 * MIB,
  };
  const attribute = watchDeaths({ name: 'a sandbox', effective: { memoryBytes: 64 * MIB } });
  expect(attribute([death])).toMatchObject([{ by: 'own-limit', certainty: 'certain' }]);
});
