import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeCgroup } from '@seaworthy/cgroups';
import { openWorkspace } from '@seaworthy/scenario';
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
  expect(compareReceipts({ ...empty, folders: [workspace.folder] }, after)).toEqual([]);
  expect(after.availableBytes).toBeGreaterThan(2 ** 20);
  expect(after.temporaryFreeBytes).toBeGreaterThan(0);
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
