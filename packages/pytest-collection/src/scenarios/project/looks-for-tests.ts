import { readdirSync, readFileSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { join } from 'node:path';

/** So many folder entries are looked at: enough to be sure for small projects, and a few ms for any. */
const MOST_ENTRIES = 5000;

/** What pytest does not enter by itself, and where no tests of the project are. */
const SKIPPED = /^(\..*|node_modules|__pycache__|venv|build|dist|_darcs|CVS|\{arch\}|.*\.egg)$/;

const CONFIGURATIONS = ['pytest.ini', '.pytest.ini', 'pyproject.toml', 'tox.ini', 'setup.cfg'];

/**
 * Whether pytest may find a test in a project, without asking it. Cheap: it stops at the first file that has the name of
 * one, gives the benefit of the doubt when it has looked at many entries, and where the configuration of the project
 * says what test files are called.
 *
 * @param root absolute
 */
export function mayHaveTests(root: string): boolean {
  if (CONFIGURATIONS.some((name) => /\b(python_files|testpaths)\b|--doctest/.test(textOf(join(root, name)))))
    return true;
  const folders = [root];
  let seen = 0;
  for (let next = 0; next < folders.length; next++) {
    const folder = folders[next]!;
    for (const entry of entriesOf(folder)) {
      if (++seen > MOST_ENTRIES) return true;
      // A folder is entered once: links may lead in circles, so what they lead to is given the benefit of the doubt.
      if (entry.isDirectory() && !SKIPPED.test(entry.name)) folders.push(join(folder, entry.name));
      else if (/^test_.*\.py$|_test\.py$/.test(entry.name)) return true;
      else if (entry.isSymbolicLink() && !entry.name.includes('.') && !SKIPPED.test(entry.name)) return true;
    }
  }
  return false;
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
