import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRunRecord } from '@seaworthy/run-record';
import { expect, test } from 'vitest';
import { aRecord, aResult } from './a-record.ts';

test('the example of the README runs', async () => {
  const root = join(import.meta.dirname, '..');
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  const [, example = ''] = /```ts\n([^]*?)```/.exec(readme) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'seaworthy-readme-'));
  try {
    await symlink(join(root, '..', '..', 'node_modules'), join(folder, 'node_modules'));
    await writeRunRecord(join(folder, 'run.json'), aRecord([aResult()]));
    await writeFile(join(folder, 'example.mts'), example);
    const args = ['--conditions=@seaworthy/source', 'example.mts'];
    expect(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })).toMatch(
      /1 passed[^]*<testcase name="project"/,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
