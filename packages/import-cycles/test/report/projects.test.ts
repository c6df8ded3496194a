import { describe, expect, it } from 'vitest';
import { buildImportGraph } from '../../src/build-import-graph.ts';
import type { GraphView } from '../../src/model/import-graph.ts';
import { analyseImports } from '../../src/report/analyse-imports.ts';
import type { AnalyseOptions } from '../../src/report/analyse-options.ts';
import { projectOf } from './project-of.ts';

/** Builds and analyses a project of these files; the imports to move, as `file:line kind: text`. */
async function movesOf(files: Record<string, string>, options: AnalyseOptions = {}): Promise<string[]> {
  const graph = await buildImportGraph(projectOf(files));
  const { knots } = await analyseImports(graph, { firstImports: 'none', ...options });
  return knots.flatMap(({ importsToMove }) =>
    importsToMove.map(({ path, line, fix }) => `${path}:${line} ${fix.kind}: ${fix.text}`),
  );
}

describe('imports to move in a Python project', () => {
  it('go into the functions that use them', async () => {
    const files = {
      'pyproject.toml': '[project]\nname = "shop"\nrequires-python = ">=3.9"\n',
      'src/shop/__init__.py': '',
      'src/shop/orders.py': 'from shop.customers import Customer\n\nGUEST = Customer()\n',
      'src/shop/customers.py':
        'from shop.orders import (\n    GUEST,\n    Order,\n)\n\nclass Customer:\n    def order(self):\n        return Order(GUEST)\n',
    };
    expect(await movesOf(files)).toEqual([
      'src/shop/customers.py:2 defer: move it into `Customer.order` (line 8), the only place that uses `GUEST` and `Order`',
    ]);
  });

  it.each([
    ['a long sum', `x = ${'1 + '.repeat(2000)}b.y\n`],
    ['a deep subscript', `def f(x):\n    return b.f(x${'[0]'.repeat(1500)})\n`],
    ['a chain of calls', `class Z:\n    def c(self): return self\nx = Z()${'.c()'.repeat(900)}\ny = b.y\n`],
    ['a long name', `def f(x):\n    return b${'.y'.repeat(3000)}\n`],
    ['a table', `x = [${'1, '.repeat(200_000)}b.y]\n`],
    ['a sum in a function', `def f(x):\n    return ${'1 + '.repeat(5000)}b.y\n`],
    ['brackets', `x = ${'('.repeat(3000)}b${')'.repeat(3000)}\n`],
  ])('are found beside %s', async (_, source) => {
    const files = { 'a.py': `import b\n${source}`, 'b.py': 'import a\nx = a.x\n' };
    expect(await movesOf(files)).toHaveLength(1);
  });

  it('have the lines of their statement, as the list of all imports has', async () => {
    const graph = await buildImportGraph(
      projectOf({
        'a.py': 'import c\nfrom b import (\n    x,\n    y,\n)\n',
        'b.py': 'import a\nx = y = a.z\n',
        'c.py': '',
      }),
    );
    const { knots, imports } = await analyseImports(graph, { firstImports: 'none' });
    const statement = { firstLine: 2, lastLine: 4 };
    expect(knots[0]!.importsToMove).toMatchObject([{ from: 'a', line: 3, statement }]);
    expect(imports.map(({ from, to, line, statement: lines }) => [from, to, line, lines])).toEqual([
      ['a', 'c', 1, undefined],
      ['a', 'b', 3, statement],
      ['a', 'b', 4, statement],
      ['b', 'a', 1, undefined],
    ]);
  });

  it('become lazy where requires-python allows it', async () => {
    const files = {
      'pyproject.toml': '[project]\nname = "shop"\nrequires-python = ">=3.15" # at last\n',
      'a.py': 'from b import B\nclass A(B): pass\n',
      'b.py': 'import a\nclass B:\n    def make(self): return a.A()\n',
    };
    expect(await movesOf(files)).toEqual([
      'b.py:1 lazy: write `lazy import a` (Python 3.15): `a` is used in `B.make` (line 3) only',
    ]);
    expect(await movesOf(files, { pythonVersion: '3.12' })).toEqual([
      'b.py:1 defer: move it into `B.make` (line 3), the only place that uses `a`',
    ]);
  });

  it.each(['import-time', 'all'] as GraphView[])('go to the submodule in the %s view', async (view) => {
    const files = {
      'shop/__init__.py': 'from .orders import Order\nfrom .cart import Cart\n',
      'shop/orders.py': 'class Order: pass\n',
      'shop/cart.py': 'from shop import Order\n\nclass Cart(Order): pass\n',
    };
    expect(await movesOf(files, { view })).toEqual([
      'shop/cart.py:1 submodule: write `from shop.orders import Order`: `shop/__init__.py` only passes it on',
    ]);
  });

  it('say who takes the name from where it will be gone', async () => {
    const files = {
      'app/__init__.py': '',
      'app/cart.py': 'from app.orders import Order as O\n\ndef make(): return O()\n',
      'app/orders.py': 'from app.cart import make\nclass Order: ...\nfirst = make\n',
      'app/api.py': 'from app.cart import O\n',
      'app/web.py': 'from app.cart import make\n',
    };
    expect(await movesOf(files)).toEqual([
      'app/cart.py:1 defer: move it into `make` (line 3), the only place that uses `O`; `app.api` takes the name from here: import from `app.orders` there',
    ]);
    const unused = { ...files, 'app/cart.py': 'from app.orders import Order as O\n\ndef make(): ...\n' };
    expect(await movesOf(unused)).toEqual([
      'app/cart.py:1 defer: nothing in this file uses `O`: remove the import; `app.api` takes the name from here: import from `app.orders` there',
    ]);
    expect(await movesOf({ ...unused, 'app/api.py': '' })).toEqual([
      'app/cart.py:1 defer: nothing in this file uses `O`: remove the import',
    ]);
  });

  it('say who may count on the submodule that an import sets in its package', async () => {
    const files = {
      'pkg/__init__.py': '',
      'pkg/a.py': 'import pkg.b\n',
      'pkg/b.py': 'import pkg.a\nx = pkg.a\n',
      'pkg/c.py': 'import pkg.a, pkg\npkg.b\n',
      'pkg/d.py': 'import pkg.a, pkg.b\npkg.b\n',
      'pkg/e.py': 'import pkg.a\npkg.bc\n',
    };
    expect(await movesOf(files)).toEqual([
      'pkg/a.py:1 defer: nothing in this file uses `pkg.b`: remove the import; it also sets `b` in `pkg`, on which `pkg.c` may count: import `pkg.b` there',
    ]);
    expect(await movesOf({ ...files, 'pkg/c.py': 'import pkg.a\n' })).toEqual([
      'pkg/a.py:1 defer: nothing in this file uses `pkg.b`: remove the import',
    ]);
  });

  it('say of a module that imports itself what it means', async () => {
    expect(await movesOf({ 'a.py': 'import a\nx = a.__name__\n' })).toEqual([
      'a.py:1 defer: `a` imports itself: remove the import, and use the names of the module as they are',
    ]);
  });

  it.each(['python', 'typescript'] as const)(
    'stay where a comment misspells the rule: %s',
    async (language) => {
      const files =
        language === 'python'
          ? { 'a.py': 'import b # seaworthy: ignore[import-cycles] -- x\n', 'b.py': 'import a\n' }
          : {
              'a.ts': "import './b'; // seaworthy: ignore[import-cycles] -- x\n",
              'b.ts': "import './a';\n",
            };
      const cacheFolder = projectOf({});
      const folder = projectOf(files);
      for (const run of ['first', 'from the cache']) {
        const graph = await buildImportGraph(folder, { cacheFolder });
        const { knots, stale } = await analyseImports(graph, { firstImports: 'none' });
        expect(knots).toHaveLength(1);
        expect(stale, run).toMatchObject([
          { line: 1, message: expect.stringContaining('did you mean') as string },
        ]);
      }
    },
  );

  it('are left out by a comment with a reason', async () => {
    const files = {
      'a.py': 'import b  # seaworthy: ignore[import-cycle] -- gone with the rewrite\n',
      'b.py': 'import a\n',
    };
    const graph = await buildImportGraph(projectOf(files));
    const report = await analyseImports(graph, { firstImports: 'none' });
    expect(report.knots).toEqual([]);
    expect(report.ignored).toMatchObject([{ path: 'a.py', line: 1, reason: 'gone with the rewrite' }]);
  });
});

describe('imports to move in a TypeScript project', () => {
  const tsconfig =
    '{ "compilerOptions": { "module": "esnext", "moduleResolution": "bundler", "verbatimModuleSyntax": true }, "include": ["src"] }';
  const project = (files: Record<string, string>): Record<string, string> => ({
    'tsconfig.json': tsconfig,
    ...files,
  });

  it('become type imports where only types use them', async () => {
    const files = project({
      'src/order.ts':
        "import { Cart } from './cart';\nexport class Order { constructor(readonly cart: Cart) {} }\n",
      'src/cart.ts':
        "import { Order } from './order';\nexport class Cart { readonly first = new Order(this); }\nnew Order(new Cart());\n",
    });
    expect(await movesOf(files)).toEqual([
      "src/order.ts:1 type-checking: write `import type { Cart } from './cart';`: only annotations use `Cart` (line 2)",
    ]);
  });

  it('are loaded where an async function uses them, and moved out where a plain one does', async () => {
    const base = "import { a } from './a';\nexport const b = a;\n";
    const wait = project({
      'src/a.ts':
        "import { b } from './b';\nexport const a = 1;\nexport async function later() { return b; }\n",
      'src/b.ts': base,
    });
    expect(await movesOf(wait)).toEqual([
      'src/a.ts:1 defer: load it with `await import()` in `later` (line 3), the only place that uses `b`',
    ]);
    const plain = { ...wait, 'src/a.ts': wait['src/a.ts']!.replace('async ', '') };
    expect(await movesOf(plain)).toEqual([expect.stringMatching(/^src\/[ab].ts:1 extract: /)]);
  });

  it('go round an index file that only passes the name on', async () => {
    const files = project({
      'src/index.ts': "export { Order } from './order';\nexport * from './cart';\n",
      'src/order.ts': 'export class Order {}\n',
      'src/cart.ts': "import { Order } from './index';\nexport class Cart extends Order {}\n",
    });
    expect(await movesOf(files)).toEqual([
      "src/cart.ts:1 submodule: write `import { Order } from './order'`: `src/index.ts` only passes it on",
    ]);
  });

  it('are extracted where a class is built on them', async () => {
    const files = project({
      'src/a.ts': "import { B } from './b';\nexport class A extends B {}\n",
      'src/b.ts': "import { A } from './a';\nexport class B {}\nexport const first = new A();\n",
    });
    expect(await movesOf(files)).toEqual([
      expect.stringMatching(
        /^src\/a.ts:1 extract: move what .* `B` is the base class of `A` in line 2|^src\/b.ts:1 extract: .*`A` is called in line 3/,
      ),
    ]);
  });

  it('are told apart in the same line, and named when they are there for their effects', async () => {
    const files = project({
      'src/a.ts': "import { c } from './c'; import { b } from './b';\nexport const a = () => c + b;\n",
      'src/b.ts': "import './a';\nexport const b = 1;\n",
      'src/c.ts': 'export const c = 1;\n',
    });
    expect(await movesOf(files)).toEqual([
      'src/b.ts:1 defer: it is imported for what it does, not for a name: remove it where nothing needs that, or import `src/a.ts` where the program starts',
    ]);
    const used = { ...files, 'src/b.ts': "import { a } from './a';\nexport const b = a();\n" };
    expect(await movesOf(used)).toEqual([
      expect.stringMatching(/`b` is used in `a` \(line 2\) only|`a` is called in line 2/),
    ]);
  });
});
