import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeCgroup } from '@seaworthy/cgroups';
import { connectEngine } from '@seaworthy/container-engine';
import { openWorkspace, RUN_LABEL } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { compareReceipts } from '../../src/safety/compare-receipts.ts';
import { hostReceipt } from '../../src/safety/host-receipt.ts';

test('what a run has on this machine is seen while it is there, and gone when it is not', async () => {
  await using workspace = await openWorkspace();
  const options = { runs: [workspace.runId] };
  const empty = { ...(await hostReceipt(undefined, options)), folders: [], processes: [] };
  {
    await using cgroup = await makeCgroup(workspace, {}, 'receipt');
    if (cgroup === undefined) throw new Error('This test needs a control group that may be made');
    await using sleeper = workspace.spawn('sleep', ['1000'], { stdio: 'ignore' });
    cgroup.add(sleeper.pid);
    mkdirSync(join(workspace.folder, 'some'));
    const seen = compareReceipts(empty, await hostReceipt(undefined, options));
    expect(seen).toContain(`folder ${workspace.folder} is left`);
    expect(seen).toContain(`process ${sleeper.pid} sleep 1000 is left`);
    expect(seen).toContain(`control group ${cgroup.cgroup.folders.memory} is left`);
  }
  const after = await hostReceipt(undefined, options);
  expect(compareReceipts({ ...empty, folders: [workspace.folder] }, after, Infinity)).toEqual([]);
  expect(after.availableBytes).toBeGreaterThan(2 ** 20);
  expect(after.temporaryFreeBytes).toBeGreaterThan(0);
});

test('mounts of others are nobody’s business', async () => {
  const { mounts, processes, cgroups } = await hostReceipt();
  for (const point of mounts ?? []) expect(point).toContain('seaworthy-');
  expect(mounts).not.toContain('/proc');
  expect([mounts, processes, cgroups]).not.toContain(undefined);
});

test('a receipt of other runs says nothing of this one', async () => {
  await using workspace = await openWorkspace();
  await using _sleeper = workspace.spawn('sleep', ['1000'], { stdio: 'ignore' });
  expect(await hostReceipt(undefined, { runs: ['of-nobody'] })).toMatchObject({
    mounts: [],
    cgroups: [],
    folders: [],
    processes: [],
  });
});

test('what a run has in an engine is seen, and what is called as ours and is not is not', async () => {
  const engine = await connectEngine();
  const { client } = engine;
  const runId = `receipt-${process.pid}`;
  const name = `seaworthy-${runId}-left`;
  const Labels = { [RUN_LABEL]: runId };
  const options = { runs: [runId] };
  const before = await hostReceipt(engine, options);
  const container = await client.createContainer({
    Image: 'seaworthy-test/tiny:latest',
    Cmd: ['true'],
    name,
    Labels,
  });
  const network = await client.createNetwork({ Name: name, Labels, Internal: true });
  await client.createVolume({ Name: name, Labels });
  const stranger = await client.createVolume({ Name: `${name}-without-label` });
  try {
    expect(compareReceipts(before, await hostReceipt(engine, options), Infinity)).toEqual([
      `container ${name} is left`,
      `network ${name} is left`,
      `volume ${name} is left`,
    ]);
  } finally {
    await Promise.all([container, network, stranger, client.getVolume(name)].map((one) => one.remove()));
  }
  expect(compareReceipts(before, await hostReceipt(engine, options), Infinity)).toEqual([]);
});
