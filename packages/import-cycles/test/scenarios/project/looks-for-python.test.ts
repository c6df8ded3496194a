import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { mayHavePython } from '../../../src/scenarios/project/looks-for-python.ts';
import { temporaryProject } from '../temporary-project.ts';

describe('mayHavePython', () => {
  it('finds a file deep below', async () => {
    await using project = await temporaryProject({ 'a/b/c/d/e.pyi': '' });
    expect(mayHavePython([project.root])).toBe(true);
  });

  it('does not look into what belongs to others', async () => {
    await using project = await temporaryProject({
      '.venv/lib/a.py': '',
      'node_modules/b.py': '',
      'c/__pycache__/d.py': '',
      'e.pyc': '',
      'f.py.txt': '',
    });
    expect(mayHavePython([project.root])).toBe(false);
  });

  it('gives a path that does not exist, or is a file, the benefit of the doubt', async () => {
    await using project = await temporaryProject({ 'one.py': '' });
    expect(mayHavePython([join(project.root, 'nowhere')])).toBe(true);
    expect(mayHavePython([join(project.root, 'one.py')])).toBe(true);
  });
});
