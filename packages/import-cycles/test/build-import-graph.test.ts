import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type BuildOptions, buildImportGraph } from '../src/build-import-graph.ts';
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

  it('says what it left out where it chose the language', async () => {
    const folder = projectFolder({
      'a.py': '',
      'b.py': '',
      'static/c.js': '',
      'tool/t.py': '',
      'bundle/d.js': '',
      'venv/e.ts': '',
      'env/pyvenv.cfg': '',
      'env/f.ts': '',
    });
    const left = async (roots: string[], options?: BuildOptions): Promise<string[]> =>
      (await buildImportGraph(roots, options)).problems.map(
        ({ kind, path, message }) => `${kind} ${path} ${message}`,
      );
    expect(await left([folder])).toEqual([
      'configuration . 3 Python files analysed; 2 TypeScript or JavaScript files were left out: analyse them with the language typescript (--language typescript)',
    ]);
    expect(await left([join(folder, 'static'), join(folder, 'a.py'), join(folder, 'b.py')])).toEqual([
      'configuration . 2 Python files analysed; 1 TypeScript or JavaScript file was left out: analyse it with the language typescript (--language typescript)',
    ]);
    expect(await left([join(folder, 'static'), join(folder, 'bundle'), join(folder, 'tool')])).toEqual([
      'configuration . 2 TypeScript or JavaScript files analysed; 1 Python file was left out: analyse it with the language python (--language python)',
    ]);
    expect(await left([folder], { exclude: ['static', 'bundle/**'] })).toEqual([]);
    expect(await left([folder], { language: 'python' })).toEqual([]);
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
