import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const NOBODY = 65_534;
const REASON =
  'no control group that limits memory can be made here: its folder may not be written to (root may, on version 2 whoever it is delegated to)';

/** A view of the file system that nobody else has, in which this user may mount. */
const OWN_MOUNTS = ['unshare', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), '--mount'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'without-rights-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the fixture `open-best` got, started by way of another program. */
function openBest(by: readonly string[], ...args: readonly string[]): unknown {
  const program = join(import.meta.dirname, '../fixtures/open-best.ts');
  const node = [process.execPath, '--conditions=@seaworthy/source', program, folder, ...args];
  const [command = '', ...rest] = [...by, ...node];
  const { stdout, stderr, error } = spawnSync(command, rest, {
    encoding: 'utf8',
    cwd: '/',
    // Root's own Python may lie where nobody else may go.
    env: { PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin' },
    timeout: 60_000,
  });
  if (stdout === null || stdout === '') throw new Error(`It said nothing: ${stderr}`, { cause: error });
  return JSON.parse(stdout);
}

/** A user without any rights; whoever runs these tests as one has them already. */
function asNobody(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  chownSync(folder, NOBODY, NOBODY);
  return ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];
}

test('who is not root gets the limits of each process, and is told why', () => {
  expect(openBest(asNobody())).toMatchObject({
    tier: 'rlimit',
    notHad: [
      { tier: 'container', why: 'no image was given (environment.subject is not set)' },
      { tier: expect.stringMatching(/^cgroup-v[12]$/), why: REASON },
    ],
    effective: { memoryBytes: 64 * 2 ** 20, descriptors: 128, diskBytes: 2 ** 20 },
    outcome: 'refused',
  });
  expect(readdirSync(folder)).toEqual([]);
});

test('who is not root and demands a control group is told why not', () => {
  expect(openBest(asNobody(), 'cgroup-v1')).toEqual({
    error: `The sandbox was to be of tier cgroup-v1, which cannot be had here: ${REASON}. Leave the tier out to get the best that can.`,
  });
});

test('files of victims never take more than half of what is free on a disk that others use', () => {
  const small = ['sh', '-c', `mount -t tmpfs -o size=1m none ${folder} && exec "$@"`, 'sh'];
  expect(openBest([...OWN_MOUNTS, ...small], 'rlimit')).toEqual({
    error: expect.stringMatching(
      /^A sandbox whose files may take 1 MiB is more than the disk of \S+ can spare: [\d.]+ KiB are free there, half/,
    ),
  });
});

test('where control groups are read-only, as in most containers, it is the limits of each process', () => {
  const script =
    'for at in $(awk \'$3 ~ /^cgroup/ {print $2}\' /proc/mounts); do mount -o remount,bind,ro "$at"; done; exec "$@"';
  expect(openBest([...OWN_MOUNTS, 'sh', '-c', script, 'sh'])).toMatchObject({
    tier: 'rlimit',
    outcome: 'refused',
  });
});
