import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import {
  exportRevision,
  findRevision,
  revisionNames,
} from '../../../src/collect/revision/export-revision.ts';
import { Sandbox } from '../../cli/seaworthy.ts';
import { inRepository } from './git-project.ts';

const signal = new AbortController().signal;

test('exactly the files of the revision, whatever stands in .gitattributes, and nothing changes in the repository', async () => {
  using project = new Sandbox({
    '.gitattributes': 'tests export-ignore\n',
    'tests/test_a.py': 'old = 1\n',
    'with space/ü\nline.py': 'x = 1\n',
  });
  symlinkSync('tests/test_a.py', join(project.project, 'link.py'));
  const git = inRepository(project);
  const commit = git.commit('first');
  project.write('tests/test_a.py', 'new = 1\n');
  project.write('tests/test_staged.py', 'staged = 1\n');
  git.run('add', 'tests/test_staged.py');
  const before = [git.run('status', '--porcelain'), readFileSync(join(project.project, '.git/index'))];

  await using workspace = await openWorkspace({ temporaryFolder: project.temporary });
  const asking = { workspace, env: process.env, signal };
  const revision = await findRevision(project.project, 'main', asking);
  expect(revision).toEqual({ name: 'main', commit });
  const { root, top } = await exportRevision(project.project, revision!, workspace, asking);
  expect(root).toBe(top);
  expect(readdirSync(top).sort()).toEqual(['.gitattributes', 'link.py', 'tests', 'with space']);
  expect(readdirSync(join(top, 'tests'))).toEqual(['test_a.py']);
  expect(readFileSync(join(top, 'link.py'), 'utf8')).toBe('old = 1\n');
  expect(readdirSync(join(top, 'with space'))).toEqual(['ü\nline.py']);
  expect([git.run('status', '--porcelain'), readFileSync(join(project.project, '.git/index'))]).toEqual(
    before,
  );
});

test('a folder below the top of the repository, which that revision has or has not', async () => {
  using project = new Sandbox({ 'conftest.py': '', 'packages/a/test_a.py': '' });
  const first = inRepository(project).commit('first');
  project.write('packages/b/test_b.py', '');
  await using workspace = await openWorkspace({ temporaryFolder: project.temporary });
  const asking = { workspace, env: process.env, signal };
  const below = (name: string): string => join(project.project, 'packages', name);
  const { root, top } = await exportRevision(below('a'), { name: 'HEAD', commit: first }, workspace, asking);
  expect([readdirSync(root), readdirSync(top).sort()]).toEqual([['test_a.py'], ['conftest.py', 'packages']]);
  await expect(
    exportRevision(below('b'), { name: 'HEAD', commit: first }, workspace, asking),
  ).rejects.toThrow(/"HEAD" \([0-9a-f]{12}\) has no folder "packages\/b\/" to collect/);
});

test("none of the user's hooks is run, nor a monitor of files", async () => {
  using project = new Sandbox({ 'a.py': '' });
  const git = inRepository(project);
  const commit = git.commit('first');
  const witness = join(project.folder, 'ran');
  const script = `#!/bin/sh\necho "$0" >> '${witness}'\n`;
  for (const name of ['post-index-change', 'post-checkout', 'fsmonitor'])
    writeFileSync(join(project.project, '.git/hooks', name), script, { mode: 0o755 });
  git.run('config', 'core.fsmonitor', join(project.project, '.git/hooks/fsmonitor'));
  git.run('status');
  expect(existsSync(witness)).toBe(true);
  rmSync(witness);

  await using workspace = await openWorkspace({ temporaryFolder: project.temporary });
  const asking = { workspace, env: process.env, signal };
  await exportRevision(project.project, { name: 'main', commit }, workspace, asking);
  expect(existsSync(witness)).toBe(false);
});

test('names that are no revision', async () => {
  using project = new Sandbox({ 'a.py': '' });
  const git = inRepository(project);
  git.commit('first');
  git.run('tag', 'v1');
  mkdirSync(join(project.folder, 'nowhere'));
  await using workspace = await openWorkspace({ temporaryFolder: project.temporary });
  const asking = { workspace, env: process.env, signal };
  for (const name of ['nowhere', '--all', '', 'HEAD:a.py', 'a.py'])
    expect(await findRevision(project.project, name, asking)).toBeUndefined();
  expect(await findRevision(project.project, 'v1', asking)).toMatchObject({ name: 'v1' });
  expect(await revisionNames(project.project, asking)).toEqual({ names: ['main', 'v1'] });
});
