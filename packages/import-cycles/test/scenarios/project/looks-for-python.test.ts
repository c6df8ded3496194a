import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayHavePython } from '../../../src/scenarios/project/looks-for-python.ts';
import { temporaryProject } from '../temporary-project.ts';

describe('mayHavePython', () => {
  it('finds a file deep below', async () => {
    await using project = await temporaryProject({ 'a/b/c/d/e.pyi': '' });
    expect(mayHavePython([project.root], project.root, [])).toBe(true);
  });

  it('does not look into what belongs to others', async () => {
    await using project = await temporaryProject({
      '.venv/lib/a.py': '',
      'node_modules/b.py': '',
      'c/__pycache__/d.py': '',
      'e.pyc': '',
      'f.py.txt': '',
    });
    expect(mayHavePython([project.root], project.root, [])).toBe(false);
  });

  it('passes over what the analysis passes over, and nothing else', async () => {
    await using project = await temporaryProject({
      'build/a.py': '',
      'env/pyvenv.cfg': '',
      'env/lib/b.py': '',
      'generated/c.py': '',
    });
    const { root } = project;
    const found = (exclude: string[], paths = [root]): boolean => mayHavePython(paths, root, exclude);
    expect(found(['generated'])).toBe(false);
    expect(found(['generated/*.py'])).toBe(false);
    expect(found(['generated/*.pyi'])).toBe(true);
    expect(found(['generated'], [join(root, 'build')])).toBe(true);
    await writeFile(join(root, 'build/__init__.py'), '');
    expect(found(['generated'])).toBe(true);
  });

  it('follows links to folders, once', async () => {
    await using project = await temporaryProject({ 'app/README.md': '', 'other/a.py': '' });
    const app = join(project.root, 'app');
    await symlink('.', join(app, 'again'));
    expect(mayHavePython([app], app, [])).toBe(false);
    await symlink('../other', join(app, 'linked'));
    expect(mayHavePython([app], app, [])).toBe(true);
  });

  it('gives a path that does not exist, or is a file, the benefit of the doubt', async () => {
    await using project = await temporaryProject({ 'one.py': '' });
    expect(mayHavePython([join(project.root, 'nowhere')], project.root, [])).toBe(true);
    expect(mayHavePython([join(project.root, 'one.py')], project.root, [])).toBe(true);
  });
});
