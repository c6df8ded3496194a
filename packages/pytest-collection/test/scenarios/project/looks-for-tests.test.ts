import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayHaveTests } from '../../../src/scenarios/project/looks-for-tests.ts';

async function looked(files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>> = {}) {
  const root = await mkdtemp(join(tmpdir(), 'seaworthy-test-'));
  try {
    for (const [path, contents] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), contents);
    }
    for (const [path, target] of Object.entries(links)) await symlink(target, join(root, path));
    return mayHaveTests(root);
  } finally {
    await rm(root, { recursive: true });
  }
}

describe('mayHaveTests', () => {
  it.each(['test_a.py', 'tests/unit/test_a.py', 'src/shop/cart_test.py'])('sees %s', async (path) => {
    expect(await looked({ [path]: '' })).toBe(true);
  });

  it.each(['README.md', 'src/testing.py', 'node_modules/x/test_a.py', '.venv/test_a.py', 'build/test_a.py'])(
    'takes %s for no test',
    async (path) => {
      expect(await looked({ [path]: '' })).toBe(false);
    },
  );

  it('believes a configuration that says what test files are called', async () => {
    expect(await looked({ 'pytest.ini': '[pytest]\npython_files = check_*.py\n' })).toBe(true);
    expect(await looked({ 'setup.cfg': '[tool:pytest]\naddopts = --doctest-modules\n' })).toBe(true);
    expect(await looked({ 'pyproject.toml': '[project]\nname = "shop"\n' })).toBe(false);
  });

  it('does not follow links in circles', async () => {
    expect(await looked({ 'src/a.py': '' }, { 'loop.d': '.' })).toBe(false);
    expect(await looked({ 'src/a.py': '' }, { tests: '../elsewhere' })).toBe(true);
  });

  it('sees none in a folder that is not there', () => {
    expect(mayHaveTests('/nonexistent/seaworthy')).toBe(false);
  });
});
