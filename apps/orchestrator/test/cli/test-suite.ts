import { join } from 'node:path';
import { Sandbox } from './seaworthy.ts';

const PYTESTS = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  'node_modules',
  '.cache',
  'seaworthy-pytests',
);

/** A pytest that runs on every CPython from 3.8 on, whatever the interpreter has itself. */
const PYTEST = { PYTHONPATH: join(PYTESTS, '8'), PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1', PYTEST_ADDOPTS: '' };

/** Two files with three tests, and a conftest. */
export const SUITE: Readonly<Record<string, string>> = {
  'tests/conftest.py': 'import pytest\n\n@pytest.fixture\ndef ship():\n    return "ship"\n',
  'tests/test_hull.py': 'def test_floats(ship): pass\ndef test_tight(ship): pass\n',
  'tests/test_sail.py': 'def test_sets(): pass\n',
};

/** A project that has tests and an interpreter with pytest. */
export class TestSuite extends Sandbox {
  override get environment(): Readonly<Record<string, string>> {
    return { ...super.environment, ...PYTEST };
  }
}

/** What was said besides the lines that tell every 10 s how far it is; on a machine that is not busy there are none. */
export function withoutHeartbeats(stderr: string): string {
  return stderr.replaceAll(/^ {2}\S.*\n/gm, '');
}
