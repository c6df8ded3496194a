import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with some files, removed at the end of the block that uses it. */
export interface TemporaryProject extends AsyncDisposable {
  readonly root: string;
}

/** Writes a tiny project: contents by path. */
export async function temporaryProject(files: Readonly<Record<string, string>>): Promise<TemporaryProject> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'seaworthy-test-')));
  for (const [path, contents] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents);
  }
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** A project whose suite is collected whole; a folder beside its tests is broken, and none of its test paths. */
export const SMALL_PROJECT: Readonly<Record<string, string>> = {
  'pyproject.toml':
    '[tool.pytest.ini_options]\ntestpaths = ["tests"]\npythonpath = ["src"]\naddopts = "-v --strict-markers"\n',
  'src/shop.py': 'PRICES = {"tea": 450}\n',
  'tests/conftest.py': 'import pytest\n\n\n@pytest.fixture\ndef price():\n    return 450\n',
  'tests/test_prices.py':
    'import pytest\nimport shop\n\n\n@pytest.mark.parametrize("name", ["tea"])\ndef test_price(name, price):\n    assert shop.PRICES[name] == price\n\n\ndef test_all():\n    assert shop.PRICES\n',
  'scratch/test_broken.py': 'import not_installed_anywhere\n',
};
