import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { probeTiers } from '../../src/sandbox/probe-tiers.ts';
import { imageEnvironment } from './places.ts';

test('every tier of this machine is tried, and the one that it has not says why', async () => {
  await using workspace = await openWorkspace();
  const environment = await imageEnvironment();
  const { signal } = new AbortController();
  const probes = await probeTiers({ environment, workspace, signal });
  const had = Object.fromEntries(probes.map((probe) => [probe.tier, probe.had]));
  expect(had).toMatchObject({ container: true, rlimit: true, 'self-limited': true });
  expect(had['cgroup-v1']).not.toBe(had['cgroup-v2']);
  expect(probes.find((probe) => !probe.had)?.text).toMatch(/^this machine has cgroup-v[12] instead/);
  expect(probes.find(({ tier }) => tier === 'rlimit')?.notInForce).toEqual(['cpus', 'pids']);
  const first = await probeTiers({ environment, workspace, signal, untilHad: true });
  expect(first.map(({ tier }) => tier)).toEqual(['container']);
  const here = await probeTiers({
    environment,
    workspace,
    signal,
    tiers: ['rlimit'],
    keepFreeBytes: 2 ** 50,
  });
  expect(here).toMatchObject([
    { had: false, text: expect.stringContaining('1048576 GiB stay free') as string },
  ]);
  console.info(probes.map(({ tier, had, ms }) => `${tier} ${had} in ${Math.round(ms)} ms`).join(', '));
});
