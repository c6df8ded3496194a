import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, it, onTestFinished } from 'vitest';
import { PYTHON } from './interpreters/python.ts';
import { pytestFolder } from './interpreters/pytests.ts';

const PACKAGE = join(import.meta.dirname, '..');

it('the example of the README prints what the README says', async () => {
  const readme = readFileSync(join(PACKAGE, 'README.md'), 'utf8');
  const folder = mkdtempSync(join(tmpdir(), 'seaworthy-readme-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = [...readme.matchAll(/`(\S+\.(?:py|ts))`:\n\n```\w+\n([^]*?)```/g)];
  expect(files.map(([, path]) => path)).toEqual([
    'prices.py',
    'tests/conftest.py',
    'tests/test_prices.py',
    'profile.ts',
  ]);
  for (const [, path, text] of files) {
    mkdirSync(dirname(join(folder, path!)), { recursive: true });
    writeFileSync(join(folder, path!), text!);
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  mkdirSync(join(folder, 'node_modules/@seaworthy'), { recursive: true });
  symlinkSync(PACKAGE, join(folder, 'node_modules/@seaworthy/pytest-collection'));

  const { stdout } = await execa(process.execPath, ['--conditions=@seaworthy/source', 'profile.ts', PYTHON], {
    cwd: folder,
    env: { PYTHONPATH: pytestFolder(8), PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' },
  });

  // On a busy machine more may be worth telling.
  const lines = stdout.split('\n');
  const expected = /```text\n([^]*?)\n```/.exec(readme)![1]!.split('\n');
  expect(lines).toEqual(expect.arrayContaining(expected));
  expect(lines[0]).toBe(expected[0]);
});
