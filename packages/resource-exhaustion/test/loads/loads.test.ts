import { openWorkspace, type Workspace } from '@seaworthy/scenario';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cpuLoad, descriptorLoad, diskLoad, memoryLoad } from '../../src/loads/loads.ts';
import { compareReceipts } from '../../src/safety/compare-receipts.ts';
import { hostReceipt } from '../../src/safety/host-receipt.ts';
import { hostEnvironment } from '../sandbox/places.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await openWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

test.each([
  [memoryLoad({ bytes: 80e6 }), '76.3 MiB of memory', /^7\d(\.\d)? MiB of 76\.3 MiB in control group/],
  [descriptorLoad({ descriptors: 200 }), '200 open descriptors', /^200 descriptors of 200 descriptors/],
  [diskLoad({ bytes: 2 ** 23 }), '8 MiB of disk', /^8 MiB of 8 MiB/],
])('%o', async (load, name, evidence) => {
  expect(load.name).toBe(name);
  const before = await hostReceipt(undefined, { runs: [workspace.runId] });
  {
    const { signal } = new AbortController();
    await using running = await load.start({ environment: hostEnvironment(), workspace, signal });
    const reached = await running.reached;
    expect(reached.evidence).toMatch(evidence);
    expect(reached.reached).toBe(true);
  }
  const after = await hostReceipt(undefined, { runs: [workspace.runId] });
  // What other programs of this machine take meanwhile is not ours to judge.
  expect(compareReceipts(before, after).filter((line) => !line.includes('less memory free'))).toEqual([]);
});

test('a load that takes longer than it may says so, and one that is interrupted ends', async () => {
  const stop = new AbortController();
  // Before a first victim can be there, whatever is asked of it.
  const load = cpuLoad({ cores: 0.2, timeoutMs: 0 });
  await using running = await load.start({ environment: hostEnvironment(), workspace, signal: stop.signal });
  expect(await running.reached).toEqual({
    reached: false,
    evidence: expect.stringMatching(/^Nothing was there yet in control group .* after 0 ms$/) as string,
  });
  stop.abort();
  await running.ended;
});

test('what starts a load may take no longer than the load itself', async () => {
  const { signal } = new AbortController();
  // All of it is taken before the level is looked at for the first time.
  const load = memoryLoad({ bytes: 80e6, timeoutMs: 1 });
  await using running = await load.start({ environment: hostEnvironment(), workspace, signal });
  expect(await running.reached).toMatchObject({ reached: false });
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, -1])(
  'refuses a time of %d ms',
  async (timeoutMs) => {
    const { signal } = new AbortController();
    const start = diskLoad({ bytes: 2 ** 20, timeoutMs }).start({
      environment: hostEnvironment(),
      workspace,
      signal,
    });
    await expect(start).rejects.toMatchObject({ name: 'UsageError' });
  },
);
