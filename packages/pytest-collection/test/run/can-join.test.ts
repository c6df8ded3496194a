import type { OwnedCgroup } from '@seaworthy/cgroups';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { canJoin } from '../../src/run/can-join.ts';

/** A folder that takes a number as a cgroup does. */
function aCgroup(folder: string): OwnedCgroup {
  return {
    cgroup: { version: 1, folders: { memory: folder }, tops: { memory: folder } },
    limits: {},
    folders: [folder],
    add: () => {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

test('a trial that came to nothing is no answer for those who come after, or who waited for it', async () => {
  await using workspace = await openWorkspace();
  const cgroup = aCgroup(await workspace.makeFolder('cgroup'));
  const closed = await openWorkspace();
  await closed[Symbol.asyncDispose]();
  const [first, second] = await Promise.allSettled([canJoin(cgroup, closed), canJoin(cgroup, workspace)]);
  expect(first.status).toBe('rejected');
  expect(second).toEqual({ status: 'fulfilled', value: true });
  expect(await canJoin(cgroup, workspace)).toBe(true);
});

test('where nobody may go', async () => {
  await using workspace = await openWorkspace();
  expect(await canJoin(aCgroup('/proc/no/such/cgroup'), workspace)).toBe(false);
});
