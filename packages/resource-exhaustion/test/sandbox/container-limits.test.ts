import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import type { ConnectedKeeper } from '../../src/keeper/connect-keeper.ts';
import { openSandbox } from '../../src/sandbox/open-sandbox.ts';
import { limitsOfContainer } from '../../src/sandbox/tiers/container-limits.ts';
import { imageEnvironment } from './places.ts';

const MIB = 2 ** 20;
const ASKED = { memoryBytes: 64 * MIB, cpus: 0.5, pids: 32, descriptors: 128, diskBytes: 8 * MIB };

/** An engine that cannot be looked behind: it repeats what it was asked for. */
const onItsWord = {
  effectiveLimits: async () => ({
    memoryBytes: ASKED.memoryBytes,
    cpus: ASKED.cpus,
    pids: ASKED.pids,
    ulimits: [{ name: 'nofile', soft: ASKED.descriptors, hard: ASKED.descriptors }],
    readFrom: 'engine' as const,
  }),
};

test.each([
  ['python', 'seaworthy-test/debian:latest'],
  ['native', 'seaworthy-test/tiny:latest'],
] as const)(
  'where only the engine’s word is to be had, the %s keeper reads',
  async (keeper, image) => {
    await using workspace = await openWorkspace();
    const environment = await imageEnvironment(image);
    const { signal } = new AbortController();
    await using whole = await openSandbox({ environment, workspace, signal, request: ASKED, keeper });
    const seen = await limitsOfContainer(onItsWord, whole.keeper as ConnectedKeeper, whole.diskFolder);
    expect(seen.effective).toEqual(ASKED);

    const without = ['cpus', 'pids', 'memory'] as const;
    await using partly = await openSandbox({
      environment,
      workspace,
      signal,
      request: ASKED,
      keeper,
      without,
    });
    const left = await limitsOfContainer(onItsWord, partly.keeper as ConnectedKeeper, partly.diskFolder);
    expect(left.effective).not.toHaveProperty('cpus');
    expect(left.effective).not.toMatchObject({ memoryBytes: ASKED.memoryBytes });
    expect(left.effective).not.toMatchObject({ pids: ASKED.pids });
    expect(left.effective).toMatchObject({ descriptors: ASKED.descriptors, diskBytes: ASKED.diskBytes });
  },
  60_000,
);

test('what is read from the kernel’s files is taken as it is', async () => {
  const told = { effectiveLimits: async () => ({ cpus: 0.5, readFrom: 'kernel files' as const }) };
  expect(await limitsOfContainer(told, {} as ConnectedKeeper, '/disk')).toEqual({ effective: { cpus: 0.5 } });
});
