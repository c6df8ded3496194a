import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { makeCgroup, type CgroupLimits, type OwnedCgroup } from '@seaworthy/cgroups';
import { openWorkspace, type Workspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { attributeDeath } from '../../src/death/attribute-death.ts';
import { seeCgroups, witnessesOf } from '../../src/death/see-cgroups.ts';
import type { Death } from '../../src/model/death.ts';

const MIB = 2 ** 20;

async function cgroupOf(
  workspace: Workspace,
  limits: CgroupLimits,
  within?: OwnedCgroup,
): Promise<OwnedCgroup> {
  const made = await makeCgroup(
    workspace,
    limits,
    'death',
    within === undefined ? {} : { within: within.cgroup },
  );
  if (made === undefined)
    throw new Error('These tests need to be allowed to make a cgroup with the memory controller');
  return made;
}

/** A process that takes memory without end. */
const HOG = 'exec tail /dev/zero';

/** Runs a shell line in it, and asks who ended it. */
async function die(cgroup: OwnedCgroup, script: string): Promise<Death> {
  const before = seeCgroups(cgroup.cgroup);
  const child = spawn('/bin/sh', ['-c', `read go; ${script}`], { stdio: ['pipe', 'ignore', 'pipe'] });
  cgroup.add(child.pid!);
  child.stdin.end('go\n');
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += String(data)));
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const cgroups = witnessesOf(before, seeCgroups(cgroup.cgroup));
  return attributeDeath({ ending: { code, signal }, cgroups, ...(said === '' ? {} : { said }) });
}

test('its own limit', async () => {
  await using workspace = await openWorkspace();
  await using cgroup = await cgroupOf(workspace, { memoryBytes: 24 * MIB });
  expect(await die(cgroup, HOG)).toMatchObject({
    by: 'own-limit',
    certainty: 'certain',
    limitBytes: 24 * MIB,
    limitFolder: cgroup.cgroup.folders.memory,
  });
});

test('a limit around it, with a higher one of its own and with none', async () => {
  await using workspace = await openWorkspace();
  await using around = await cgroupOf(workspace, { memoryBytes: 24 * MIB });
  for (const limits of [{ memoryBytes: 64 * MIB }, {}]) {
    await using cgroup = await cgroupOf(workspace, limits, around);
    expect(await die(cgroup, HOG)).toMatchObject({
      by: 'ancestor-limit',
      limitBytes: 24 * MIB,
      limitFolder: around.cgroup.folders.memory,
    });
  }
});

test('an ordinary SIGKILL, though caches brought usage to the limit', async () => {
  await using workspace = await openWorkspace();
  await using cgroup = await cgroupOf(workspace, { memoryBytes: 24 * MIB });
  const file = `${workspace.folder}/file`;
  const fill = `dd if=/dev/zero of=${file} bs=1048576 count=48 2>/dev/null; cat ${file} > /dev/null`;
  expect(await die(cgroup, `${fill}; kill -9 $$`)).toMatchObject({ by: 'signal', certainty: 'certain' });
});

test('forks that are refused', async () => {
  await using workspace = await openWorkspace();
  await using cgroup = await cgroupOf(workspace, { pids: 3 });
  const death = await die(cgroup, 'sleep 0.2 & sleep 0.2 & sleep 0.2 & sleep 0.2 & wait');
  expect(death).toMatchObject({
    by: 'pids-limit',
    certainty: 'certain',
    limitFolder: cgroup.cgroup.folders.pids,
  });
});

test('a child that is killed is not the parent, which ends by itself', async () => {
  await using workspace = await openWorkspace();
  await using cgroup = await cgroupOf(workspace, { memoryBytes: 24 * MIB });
  const death = await die(cgroup, 'tail /dev/zero 2>/dev/null; exit 0');
  expect(death).toMatchObject({ by: 'itself', certainty: 'certain' });
  expect(death.witnesses).toContain('another process of the sandbox was killed for memory');
});
