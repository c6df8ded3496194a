import { describe, expect, it } from 'vitest';
import { UsageError } from '@seaworthy/scenario';
import { buildImportGraph } from '../../src/build-import-graph.ts';
import { analyseImports } from '../../src/report/analyse-imports.ts';
import type { AnalyseOptions } from '../../src/report/analyse-options.ts';
import { projectOf } from './project-of.ts';

const SHOP = {
  'shop/__init__.py': '',
  'shop/customers.py': 'from shop.orders import Order\n\nclass Customer: pass\n',
  'shop/orders.py': 'import shop.customers\n\nclass Order: pass\n',
  'shop/alone.py': 'import shop.orders\n',
};

async function firstImports(files: Record<string, string>, options: AnalyseOptions): Promise<string[]> {
  const report = await analyseImports(await buildImportGraph(projectOf(files)), options);
  return report.firstImports.map(
    ({ module, outcome, found, error }) =>
      `${module} ${outcome} ${found}${error === undefined ? '' : ` ${error.type} ${error.path}:${error.line}`}`,
  );
}

describe('first imports in a report', () => {
  it.each(['predict', 'try'] as const)('are those of the modules in knots, found by %s', async (how) => {
    const found = how === 'try' ? 'tried' : 'predicted';
    expect(await firstImports(SHOP, { firstImports: how, python: 'python3' })).toEqual([
      `shop.customers ok ${found}`,
      `shop.orders crash ${found} ImportError shop/customers.py:1`,
    ]);
  });

  it('include the knots that only CPython goes round, whatever the view', async () => {
    const files = { 'p/__init__.py': 'import q\n', 'p/sub.py': '' };
    const options = { firstImports: 'predict', view: 'import-time' } as const;
    expect(await firstImports({ ...files, 'q.py': 'import p.sub\n' }, options)).toEqual([
      'p ok predicted',
      'q ok predicted',
    ]);
    expect(await firstImports({ ...files, 'q.py': 'from p.sub import a\n' }, options)).toEqual([
      'p crash predicted ImportError q.py:1',
      'q crash predicted ImportError q.py:1',
    ]);
  });

  it('leave stubs out, which CPython never reads', async () => {
    const stubs = {
      'pkg/__init__.py': '',
      'pkg/a.pyi': 'from . import b\n',
      'pkg/b.pyi': 'from .a import A\n',
    };
    for (const view of ['import-time', 'runtime'] as const) {
      const graph = await buildImportGraph(projectOf(stubs));
      expect(await analyseImports(graph, { view })).toMatchObject({ knots: [], firstImports: [] });
    }
    const { knots, firstImports } = await analyseImports(await buildImportGraph(projectOf(stubs)), {
      view: 'all',
    });
    expect(knots.map(({ modules }) => modules)).toEqual([['pkg.a', 'pkg.b']]);
    expect(firstImports).toEqual([]);
  });

  it.each(['predict', 'try'] as const)('find the folders of stubs as CPython does, by %s', async (how) => {
    const files = {
      'pkg/__init__.py': 'import pkg.a\n',
      'pkg/a.py': 'import pkg\nimport pkg.third_party.typeshed\n',
      'pkg/third_party/typeshed/__init__.pyi': '',
    };
    const found = how === 'try' ? 'tried' : 'predicted';
    expect(await firstImports(files, { firstImports: how, python: 'python3' })).toEqual([
      `pkg ok ${found}`,
      `pkg.a ok ${found}`,
    ]);
  });

  it('are not certain where a module is found in a folder that is no import root', async () => {
    const files = {
      'main.py': 'import tools.deep.a\n',
      'tools/deep/a.py': 'import b\n',
      'tools/deep/b.py': 'import a\n',
      'tools/c.py': 'import tools.d\n',
      'tools/d.py': 'import tools.c\n',
      'guarded/e.py': 'try:\n    import f\nexcept ImportError:\n    f = None\n',
      'guarded/f.py': 'import guarded.e\n',
    };
    const graph = await buildImportGraph(projectOf(files));
    const { firstImports: found } = await analyseImports(graph, {});
    expect(found.map(({ module, outcome, assumption }) => [module, outcome, assumption])).toEqual([
      ['guarded.e', 'ok', undefined],
      ['guarded.f', 'ok', undefined],
      ['tools.c', 'ok', undefined],
      ['tools.d', 'ok', undefined],
      ['tools.deep.a', 'ok', 'tools/deep is on the search path, where tools/deep/a.py finds b'],
      ['tools.deep.b', 'ok', 'tools/deep is on the search path, where tools/deep/b.py finds a'],
    ]);
    const tried = await analyseImports(graph, { firstImports: 'try', python: 'python3' });
    expect(tried.firstImports.map(({ outcome }) => outcome)).toEqual([
      'ok',
      'ok',
      'ok',
      'ok',
      'crash',
      'crash',
    ]);
  });

  it('play no part where they are not asked for, and in TypeScript', async () => {
    expect(await firstImports(SHOP, { firstImports: 'none' })).toEqual([]);
    const files = {
      'a.ts': "import { b } from './b';\nexport const a = b;\n",
      'b.ts': "import { a } from './a';\nexport const b = a;\n",
    };
    expect(await firstImports(files, {})).toEqual([]);
    const graph = await buildImportGraph(projectOf(files));
    expect((await analyseImports(graph, {})).problems).toEqual([]);
    const { problems } = await analyseImports(graph, { firstImports: 'try', python: 'python3' });
    expect(problems).toEqual([
      { kind: 'configuration', path: '.', message: expect.stringContaining('not tried') as string },
    ]);
  });

  it('cannot be tried without an interpreter, or with a version that is none', async () => {
    await expect(firstImports(SHOP, { firstImports: 'try' })).rejects.toThrow(UsageError);
    await expect(firstImports(SHOP, { pythonVersion: 'three' })).rejects.toThrow(
      /version such as 3.11, got "three"/,
    );
  });
});
