import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildImportGraph } from '../src/build-import-graph.ts';
import { projectFolder } from './python/project-folder.ts';

describe('buildImportGraph', () => {
  it('finds the language by what most sources are written in', async () => {
    const folder = projectFolder({
      'a.py': 'import b',
      'b.py': '',
      'c.ts': 'import "./d.ts"',
      'd.ts': '',
      'web/e.ts': '',
      'node_modules/x.py': '',
      'node_modules/y.py': '',
    });
    expect((await buildImportGraph(folder)).language).toBe('typescript');
    expect((await buildImportGraph(join(folder, 'a.py'))).language).toBe('python');
    expect((await buildImportGraph([folder], { language: 'python' })).modules).toHaveLength(2);
    expect((await buildImportGraph(folder, { exclude: ['b.py'], language: 'python' })).modules).toHaveLength(
      1,
    );
  });

  it('takes a folder without sources for Python, whose builder says so', async () => {
    await expect(buildImportGraph(projectFolder(['x.txt']))).rejects.toMatchObject({
      code: 'NO_PYTHON_SOURCES',
    });
  });

  it('refuses languages that it does not know', async () => {
    const options = { language: 'ruby' as 'python' };
    await expect(buildImportGraph('.', options)).rejects.toMatchObject({ code: 'UNKNOWN_LANGUAGE' });
  });
});
