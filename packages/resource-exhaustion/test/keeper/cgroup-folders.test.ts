import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageFolder } from '../../src/package-folder.ts';

/** Where the Python keeper looks for the files of its cgroup, below a mount that shows `root`. */
function foldersOf(place: string, root: string, path: string): unknown {
  const program = 'import json, sys, cgroup_files; print(json.dumps(cgroup_files._folders(*sys.argv[1:])))';
  const { stdout } = spawnSync('python3', ['-c', program, place, root, path], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: join(packageFolder(), 'python', 'seaworthy_keeper') },
  });
  return JSON.parse(stdout);
}

test.each([
  ['its own below the mount', '/', '/own', '/own'],
  ['the mount itself, which shows it as its root', '/docker/one', '/docker/one', ''],
  ['one below what the mount shows', '/docker/one', '/docker/one/own', '/own'],
  ['the mount, where a longer name only begins alike', '/docker/o', '/docker/own', ''],
  ['the mount, where the cgroup is not shown', '/', '/elsewhere', ''],
])('files of one folder are read: %s', (_what, root, path, expected) => {
  const place = mkdtempSync(join(tmpdir(), 'seaworthy-cgroup-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  for (const folder of [place, join(place, 'own'), join(place, 'wn')]) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cgroup.procs'), '');
  }
  expect(foldersOf(place, root, path)).toEqual([
    expect.stringMatching(new RegExp(`^${place}${expected}/?$`)) as string,
  ]);
});
