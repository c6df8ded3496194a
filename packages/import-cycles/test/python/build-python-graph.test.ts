import { symlinkSync } from 'node:fs';
import { mkfifoSync } from './make-fifo.ts';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UsageError } from '@seaworthy/scenario';
import { buildPythonGraph } from '../../src/python/build-python-graph.ts';
import { edgesOf, problemsOf, projectFolder } from './project-folder.ts';

async function usageError(roots: string[]): Promise<UsageError> {
  const error: unknown = await buildPythonGraph(roots).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UsageError);
  return error as UsageError;
}

describe('buildPythonGraph', () => {
  it('holds imports, ignore comments and problems side by side', async () => {
    const folder = projectFolder({
      'a.py': 'import b # seaworthy: ignore[import-cycle] -- plugins\nx = (',
      'b.py': 'from a import (\n  x,\n  y,\n)\n',
    });
    const graph = await buildPythonGraph([folder]);
    expect(graph).toMatchObject({ language: 'python', base: folder, roots: ['.'] });
    expect(edgesOf(graph)).toEqual(['a -> b', 'b -> a', 'b -> a']);
    expect([...graph.imports.line]).toEqual([1, 2, 3]);
    expect([...graph.imports.column]).toEqual([8, 3, 3]);
    expect([...graph.imports.statementLine]).toEqual([1, 1, 1]);
    expect(graph.ignoreComments).toEqual([{ module: 0, line: 1, reason: 'plugins' }]);
    expect(graph.problems).toEqual([
      { kind: 'syntax-error', path: 'a.py', line: 2, message: "'(' was never closed" },
    ]);
  });

  it('says what is wrong with the paths it is given', async () => {
    const folder = projectFolder(['shop/__init__.py', 'empty/readme.md']);
    expect(await usageError([])).toMatchObject({ code: 'NO_PATHS' });
    expect(await usageError([join(folder, 'shpo')])).toMatchObject({
      code: 'PATH_NOT_FOUND',
      message: `${folder}/shpo does not exist. Did you mean ${folder}/shop?`,
    });
    const empty = await usageError([join(folder, 'empty')]);
    expect(empty.code).toBe('NO_PYTHON_SOURCES');
    expect(empty.message).toContain(join(folder, 'empty'));
    const hidden = await usageError([projectFolder(['dist-packages/a.py', 'venv/pyvenv.cfg', 'venv/b.py'])]);
    expect(hidden.message).toContain('Passed over were dist-packages, venv;');
    expect(await usageError([join(folder, 'empty/readme.md')])).toMatchObject({ code: 'NO_PYTHON_SOURCES' });
  });

  it.each([
    ['a src', { 'src.link': 'src', 'a.py': '' }, ['a']],
    ['what a script imports', { 'x.link': 'x', 'y.py.link': 'y.py', 'a.py': 'import x, y' }, ['a'], 'a.py'],
  ])('goes on where %s cannot be looked at', async (_, files, modules, root = '.') => {
    const folder = projectFolder({ 'a.py': files['a.py'] });
    for (const [path, target] of Object.entries(files)) {
      // A link to itself: neither there nor missing, also to root.
      if (path.endsWith('.link')) symlinkSync(target, join(folder, path.slice(0, -'.link'.length)));
    }
    const graph = await buildPythonGraph([join(folder, root)]);
    expect(graph.modules.map(({ name }) => name)).toEqual(modules);
  });

  it('says that nothing could be read, where that is why it found nothing', async () => {
    const folder = projectFolder([]);
    symlinkSync('a.py', join(folder, 'a.py'));
    symlinkSync('gone.py', join(folder, 'b.py'));
    const error = await usageError([folder]);
    expect(error.code).toBe('PATH_UNREADABLE');
    expect(error.message).toContain('b.py: a symbolic link that leads nowhere (ENOENT).');
  });

  it('takes paths relative to its base', async () => {
    const folder = projectFolder({ 'x/a.py': 'import b', 'x/b.py': '' });
    const graph = await buildPythonGraph(['x'], { base: folder });
    expect(graph.roots).toEqual(['x']);
    expect(graph.modules.map(({ path }) => path)).toEqual(['x/a.py', 'x/b.py']);
  });

  it('reports a file that is too large and reads the others', async () => {
    const folder = projectFolder({ 'a.py': `import b\n${'#'.repeat(300_000)}`, 'b.py': 'import a' });
    const graph = await buildPythonGraph([folder], { largestFile: 290_000 });
    expect(problemsOf(graph)).toEqual(['too-large a.py']);
    expect(edgesOf(graph)).toEqual(['b -> a']);
    const whole = await buildPythonGraph([folder]);
    expect(edgesOf(whole)).toEqual(['a -> b', 'b -> a']);
  });

  it('does not wait for pipes that are named like sources', async () => {
    const folder = projectFolder({ 'a.py': '' });
    mkfifoSync(join(folder, 'b.py'));
    expect((await buildPythonGraph([folder])).modules).toHaveLength(1);
  });

  it('can be cancelled before and while it reads', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, n) => [`m${n}.py`, `import m${n + 1}\n`.repeat(10_000)]),
    );
    const folder = projectFolder(files);
    const before = AbortSignal.abort(new Error('enough'));
    await expect(buildPythonGraph([folder], { signal: before })).rejects.toThrow('enough');
    const controller = new AbortController();
    setImmediate(() => controller.abort(new Error('midway')));
    await expect(buildPythonGraph([folder], { signal: controller.signal })).rejects.toThrow('midway');
  });

  it('gives the same graph whatever order the roots’ files were made in', async () => {
    const files = {
      'a.py': 'import b',
      'b.py': 'import c',
      'p/__init__.py': 'from . import q',
      'p/q.py': 'import p',
      'c.py': '',
    };
    const one = await buildPythonGraph([projectFolder(files)], {});
    const other = await buildPythonGraph([
      projectFolder(Object.fromEntries(Object.entries(files).reverse())),
    ]);
    expect({ ...one, base: '' }).toEqual({ ...other, base: '' });
  });
});
