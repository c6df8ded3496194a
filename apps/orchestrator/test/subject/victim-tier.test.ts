import { openWorkspace } from '@seaworthy/scenario';
import { expect, it } from 'vitest';
import { victimLimits } from '@seaworthy/resource-exhaustion/scenarios';
import { describeVictimLimits, describeVictimTier, findVictimTier } from '../../src/subject/victim-tier.ts';

it('an image whose engine is gone has no place for victims, whatever this machine has', async () => {
  await using workspace = await openWorkspace();
  const endpoint = { kind: 'socket', path: '/nowhere/docker.sock' } as const;
  const environment = {
    project: { root: '/' },
    cores: 1,
    memoryBytes: 2 ** 30,
    subject: { kind: 'image', endpoint, image: 'sha256:1', name: 'shop-tests', limits: {} },
  } as const;
  const { signal } = new AbortController();
  for (const untilHad of [true, false]) {
    const found = await findVictimTier({ environment, workspace, signal, untilHad }, {});
    expect(found.tier).toBeUndefined();
    expect(describeVictimTier(found)).toMatch(
      /^there is no place for victims here: a container of shop-tests: No container engine answers/,
    );
  }
});

it('what victims get is told where it is not what is declared', () => {
  const told = (limits: object): string =>
    describeVictimLimits(
      victimLimits({
        project: { root: '/' },
        cores: 2,
        memoryBytes: 2 ** 34,
        subject: {
          kind: 'image',
          endpoint: { kind: 'socket', path: '/var/run/docker.sock' },
          image: 'sha256:1',
          name: 'shop-tests',
          limits,
        },
      }),
    );
  expect(told({ memoryBytes: 2 ** 36 })).toBe(' with 1 GiB of memory and 1 CPU at most');
  expect(told({ memoryBytes: 2 ** 29 })).toBe(' with 1 CPU at most');
  expect(told({ memoryBytes: 2 ** 29, cpus: 0.5 })).toBe('');
});
