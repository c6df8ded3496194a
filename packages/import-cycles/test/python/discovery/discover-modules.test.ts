import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildPythonGraph } from '../../../src/python/build-python-graph.ts';
import { edgesOf, namesOf, problemsOf, projectFolder } from '../project-folder.ts';

describe('the modules of a folder', () => {
  it('are named from the folder, packages by their __init__', async () => {
    const graph = await buildPythonGraph([
      projectFolder(['a.py', 'p/__init__.py', 'p/__main__.py', 'p/q/r.py', 'p/q/s/__init__.py', 'n/x.py']),
    ]);
    expect(graph.modules).toEqual([
      { name: 'a', path: 'a.py', isPackage: false, parent: -1 },
      { name: 'n.x', path: 'n/x.py', isPackage: false, parent: -1 },
      { name: 'p', path: 'p/__init__.py', isPackage: true, parent: -1 },
      { name: 'p.__main__', path: 'p/__main__.py', isPackage: false, parent: 2 },
      { name: 'p.q.r', path: 'p/q/r.py', isPackage: false, parent: 2 },
      { name: 'p.q.s', path: 'p/q/s/__init__.py', isPackage: true, parent: 2 },
    ]);
    expect(graph.roots).toEqual(['.']);
  });

  it('are named from above where the folder is a package', async () => {
    const folder = projectFolder({
      'top/__init__.py': '',
      'top/in/__init__.py': 'import top',
      'top/in/a.py': 'import top.in.b',
    });
    const graph = await buildPythonGraph([join(folder, 'top')]);
    expect(namesOf(graph)).toEqual(['top', 'top.in', 'top.in.a']);
    expect(graph.base).toBe(folder);
    const inner = await buildPythonGraph([join(folder, 'top/in')]);
    expect(namesOf(inner)).toEqual(['top.in', 'top.in.a']);
    expect(inner.modules[1]).toMatchObject({ path: 'top/in/a.py', parent: 0 });
  });

  it('are those of the outermost package around a file', async () => {
    const folder = projectFolder(['p/__init__.py', 'p/q/__init__.py', 'p/q/a.py', 'other.py']);
    expect(namesOf(await buildPythonGraph([join(folder, 'p/q/a.py')]))).toEqual(['p', 'p.q', 'p.q.a']);
  });

  it('are a script and all that it reaches where a file outside packages is given', async () => {
    const folder = projectFolder({
      'run.py': 'import helper, tool.part, os, missing',
      'helper.py': 'import run\nimport ns.x',
      'tool/__init__.py': '',
      'tool/part.py': 'import other',
      'ns/x.py': '',
      'other.py': '',
      'unrelated.py': '',
      script: 'import other',
    });
    const graph = await buildPythonGraph([join(folder, 'run.py')]);
    expect(namesOf(graph)).toEqual(['helper', 'ns.x', 'other', 'run', 'tool', 'tool.part']);
    expect(edgesOf(graph)).toContain('tool.part -> other');
    expect(edgesOf(await buildPythonGraph([join(folder, 'script')]))).toEqual(['script -> other']);
  });

  it('leave out what tools write and environments hold', async () => {
    const graph = await buildPythonGraph([
      projectFolder([
        'a.py',
        '.git/x.py',
        '.tox/x.py',
        'node_modules/x.py',
        '__pycache__/x.py',
        'any/pyvenv.cfg',
        'any/lib/x.py',
        'conda/conda-meta/history',
        'conda/lib/x.py',
        'env/model.py',
        'build/lib/x.py',
        'dist/x.py',
        'p/build/__init__.py',
        'lib/site-packages/x.py',
        'x.egg-info/x.py',
      ]),
    ]);
    expect(namesOf(graph)).toEqual(['a', 'env.model', 'p.build']);
  });

  it('leave out what the globs match', async () => {
    const folder = projectFolder([
      'a.py',
      'a_pb2.py',
      'p/a_pb2.py',
      'p/gen/x.py',
      'q/gen/x.py',
      'q/deep/gen/y.py',
    ]);
    const names = async (exclude: string[]): Promise<string[]> =>
      namesOf(await buildPythonGraph([folder], { exclude }));
    expect(await names(['*_pb2.py'])).toEqual(['a', 'p.gen.x', 'q.deep.gen.y', 'q.gen.x']);
    expect(await names(['gen'])).toEqual(['a', 'a_pb2', 'p.a_pb2']);
    expect(await names(['gen/'])).toEqual(['a', 'a_pb2', 'p.a_pb2']);
    expect(await names(['q/gen', './p/**'])).toEqual(['a', 'a_pb2', 'q.deep.gen.y']);
    expect(await names(['**/gen/*.py'])).toEqual(['a', 'a_pb2', 'p.a_pb2']);
  });

  it('have their paths as names where no import statement can name them', async () => {
    const graph = await buildPythonGraph([
      projectFolder({
        'my-script.py': 'import b',
        'b.py': '',
        'x.y.py': 'import b',
        'x/y.py': '',
        'with space/a.py': 'from . import c\nimport c',
        'with space/c.py': '',
        'line\nbreak.py': 'import b',
        'größe.py': 'import b',
      }),
    ]);
    expect(edgesOf(graph)).toEqual([
      'größe -> b',
      'line\nbreak.py -> b',
      'my-script.py -> b',
      'with space/a.py -> with space/c.py',
      'with space/a.py -> with space/c.py',
      'x.y.py -> b',
    ]);
    expect(namesOf(graph)).toContain('x.y');
  });

  it('are read even where their names are no UTF-8', async () => {
    const folder = projectFolder({ 'b.py': '' });
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/a`), Buffer.from([0xff]), Buffer.from('.py')]),
      'import b',
    );
    mkdirSync(Buffer.concat([Buffer.from(`${folder}/d`), Buffer.from([0xfe])]));
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder}/d`), Buffer.from([0xfe]), Buffer.from('/x.py')]),
      'import b',
    );
    const graph = await buildPythonGraph([folder]);
    expect(edgesOf(graph)).toEqual(['a\uFFFD.py -> b', 'd\uFFFD/x.py -> b']);
    expect(graph.problems).toEqual([]);
  });

  it('may lie deep', async () => {
    const deep = `${'d/'.repeat(700)}a.py`;
    const graph = await buildPythonGraph([projectFolder({ [deep]: 'import top', 'top.py': '' })]);
    expect(edgesOf(graph)).toEqual([`${'d.'.repeat(700)}a -> top`]);
  });
});

describe('two files for one name', () => {
  it('are decided as CPython does: the package before the module', async () => {
    const graph = await buildPythonGraph([projectFolder(['a.py', 'a/__init__.py', 'b.py', 'b/c.py'])]);
    expect(graph.modules.map(({ path }) => path)).toEqual(['a/__init__.py', 'b.py', 'b/c.py']);
    expect(problemsOf(graph)).toEqual(['name-clash a.py']);
  });

  it('are decided by the order of roots', async () => {
    const folder = projectFolder({ 'one/a.py': '', 'two/a.py': '', 'two/b.py': 'import a' });
    const graph = await buildPythonGraph([join(folder, 'two'), join(folder, 'one')]);
    expect(graph.modules.map(({ path }) => path)).toEqual(['two/a.py', 'two/b.py']);
    expect(graph.problems).toEqual([
      { kind: 'name-clash', path: 'one/a.py', message: expect.stringContaining('two/a.py') as string },
    ]);
  });

  it('are no clash where one is a stub: the source counts', async () => {
    const graph = await buildPythonGraph([
      projectFolder({ 'a.py': 'import b', 'a.pyi': 'import c', 'b.py': '', 'c.py': '', 'd.pyi': 'import b' }),
    ]);
    expect(edgesOf(graph)).toEqual(['a -> b', 'd -> b (type-checking)']);
    expect(graph.problems).toEqual([]);
  });

  it('are for type checkers only where one is the stub of an extension module', async () => {
    const graph = await buildPythonGraph([
      projectFolder({ 'a.pyi': 'import b', 'a.abi3.so': '', 'b.py': 'import a' }),
    ]);
    expect(edgesOf(graph)).toEqual(['a -> b (type-checking)', 'b -> a']);
  });

  it('stay one where roots overlap or repeat', async () => {
    const folder = projectFolder(['p/__init__.py', 'p/a.py', 'b.py']);
    const graph = await buildPythonGraph([folder, join(folder, 'p'), folder, `${folder}/p/a.py`]);
    expect(namesOf(graph)).toEqual(['b', 'p', 'p.a']);
    expect(graph.problems).toEqual([]);
  });
});

describe('symbolic links', () => {
  it('that lead round in a circle are reported and not followed', async () => {
    const folder = projectFolder(['p/__init__.py', 'p/a.py']);
    symlinkSync(folder, join(folder, 'p/again'));
    symlinkSync('self', join(folder, 'self'));
    const graph = await buildPythonGraph([folder]);
    expect(namesOf(graph)).toEqual(['p', 'p.a']);
    expect(problemsOf(graph).sort()).toEqual(['symlink-loop p/again', 'symlink-loop self']);
  });

  it('to folders elsewhere are followed, to files as well', async () => {
    const elsewhere = projectFolder(['x.py', 'deep/y.py']);
    const folder = projectFolder(['a.py']);
    symlinkSync(elsewhere, join(folder, 'linked'));
    symlinkSync(join(elsewhere, 'x.py'), join(folder, 'b.py'));
    symlinkSync('nowhere.py', join(folder, 'c.py'));
    const graph = await buildPythonGraph([folder]);
    expect(namesOf(graph)).toEqual(['a', 'b', 'linked.deep.y', 'linked.x']);
    expect(problemsOf(graph)).toEqual(['unreadable c.py']);
  });
});
