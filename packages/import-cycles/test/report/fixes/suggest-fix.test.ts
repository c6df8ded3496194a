import { describe, expect, it } from 'vitest';
import { digraphOf } from '../../../src/graph/digraph.ts';
import type { GraphView, ImportGraph } from '../../../src/model/import-graph.ts';
import { parsePythonVersion } from '../../../src/python-version.ts';
import { RemainingArcs } from '../../../src/report/fixes/remaining-arcs.ts';
import { FixSuggester } from '../../../src/report/fixes/suggest-fix.ts';
import { type EdgeOptions, graphOf } from '../graph-of.ts';

const edge = (text: string, line: number, name: string): EdgeOptions => ({
  line,
  column: text.split('\n')[line - 1]!.indexOf(name) + 1,
  form: 'from',
});

/** The fix for an import of `shop.orders` in the second line of `shop/cart.py`, whose source is given. */
async function fixFor(
  source: string,
  options: {
    name?: string;
    view?: GraphView;
    pythonVersion?: string;
    line?: number;
    form?: EdgeOptions;
  } = {},
): Promise<string> {
  const line = options.line ?? 1;
  const name = options.name ?? 'Order';
  const graph = graphOf(
    [
      ['shop.cart', 'shop.orders', { ...edge(source, line, name), ...options.form }],
      ['shop.orders', 'shop.cart'],
    ],
    { names: ['shop'] },
  );
  const suggester = await FixSuggester.open(graph, options.view ?? 'import-time', {
    version: parsePythonVersion(options.pythonVersion ?? ''),
    readSource: (path) => (path === 'shop/cart.py' ? source : undefined),
  });
  const { kind, text } = suggester.suggest([0], { from: 1, to: 2 });
  return `${kind}: ${text}`;
}

describe('the fix for a Python import', () => {
  it('defers what only functions use, and names them', async () => {
    const source = `from shop.orders import Order
class Cart:
    def total(self):
        return Order(self).total()
def make():
    Order.make(
        Order)
`;
    expect(await fixFor(source)).toBe(
      'defer: move it into `Cart.total` (line 4) and `make` (lines 6 and 7), the places that use `Order`',
    );
  });

  it('goes below TYPE_CHECKING where only annotations use it', async () => {
    const source =
      'from shop.orders import Order\nfrom __future__ import annotations\ndef total(order: Order) -> int: ...\n';
    expect(await fixFor(source)).toBe(
      'type-checking: move it below `if TYPE_CHECKING:`, since only annotations use `Order` (line 3)',
    );
  });

  it('says which annotations must be quoted where they are evaluated', async () => {
    const source = `from shop.orders import Order
def total(order: Order, other: "Order") -> list["Order"]:
    x: Order = order
class Cart:
    order: Order
`;
    expect(await fixFor(source)).toBe(
      'type-checking: move it below `if TYPE_CHECKING:`, since only annotations use `Order` (lines 2, 3 and 5); ' +
        'quote those in lines 2 and 5 or add `from __future__ import annotations`, since they are evaluated at import',
    );
    expect(await fixFor(source, { pythonVersion: '3.14' })).not.toContain('quote');
  });

  it.each([
    ['class Cart(orm.Base):\n    order: "Order"', '`Cart`'],
    ['@attr.s(auto_attribs=True)\nclass Cart:\n    order: "Order"', '`Cart`'],
    ['@app.get("/")\ndef cart(order: "Order"): ...', '`cart`'],
    ['class Api:\n    @route\n    def cart(self) -> "Order": ...', '`Api.cart`'],
  ])('warns of what may read the annotations of %j at run time', async (use, reader) => {
    expect(await fixFor(`from shop.orders import Order\n${use}\n`)).toMatch(
      `; not where something reads the annotations of ${reader} at run time, as a base class or decorator may`,
    );
  });

  it.each([
    '@dataclass(frozen=True)\nclass Cart(Generic[T], Exception):\n    order: "Order"',
    'class Cart(NamedTuple):\n    order: "Order"',
    'class Cart(orm.Base):\n    def f(self, order: "Order"): ...',
    'class Cart:\n    @property\n    def order(self) -> "Order": ...',
    '@app.get\nclass Cart:\n    def f(self):\n        order: "Order"',
  ])('needs no such warning for %j', async (use) => {
    expect(await fixFor(`from shop.orders import Order\n${use}\n`)).toMatch(
      /^type-checking: .*only annotations use `Order` \(line \d\)$/,
    );
  });

  it('is lazy where the project has Python 3.15', async () => {
    const source = 'from shop.orders import Order\ndef make():\n    return Order()\n';
    expect(await fixFor(source, { pythonVersion: '3.15' })).toBe(
      'lazy: write `lazy from shop.orders import Order` (Python 3.15): `Order` is used in `make` (line 3) only',
    );
    expect(await fixFor(source, { pythonVersion: '3.14' })).toMatch(/^defer/);
  });

  it('is not lazy in a try statement, which PEP 810 forbids', async () => {
    const source =
      'try:\n    from shop.orders import Order\nexcept ImportError:\n    Order = None\ndef make():\n    return Order()\n';
    const fix = await fixFor(source, { pythonVersion: '3.15', line: 2, form: { kind: 'try' } });
    expect(fix).toBe('defer: move it into `make` (line 6), the only place that uses `Order`');
  });

  it.each([
    ['class Big(Order): ...', 'a base class of `Big`'],
    ['@Order\ndef f(): ...', 'a decorator'],
    ['@Order.register(1)\nclass K: ...', 'a decorator'],
    ['EMPTY = Order()', 'called'],
    ['EMPTY = [Order for x in ()]', 'used'],
    ['def f(order=Order): ...', 'a default value of `f`'],
    ['f = lambda o=Order: o', 'a default value of a lambda'],
    ['class Cart(BaseModel):\n    order: Order', 'the type of a field of `Cart`'],
    ['class Cart(pydantic.BaseModel):\n    order: "Order"', 'the type of a field of `Cart`'],
    ['try:\n    pass\nexcept Order:\n    pass', 'an exception to catch'],
    ['Order = wrap(Order)', 'used in line 2 and bound anew in line 2'],
    ['if Order.ready: pass', 'used'],
    ['f"{Order!r}"', 'used'],
  ])('extracts what %j needs at import', async (use, role) => {
    const fix = await fixFor(`from shop.orders import Order\n${use}\n`);
    expect(fix).toMatch(/^extract: move what both modules need into a third one/);
    expect(fix).toContain(`\`Order\` is ${role}`);
  });

  it.each([
    'def f(Order): return Order',
    'def f():\n    Order = 1\n    return Order',
    'def f():\n    from x import Order\n    return Order',
    'def f():\n    for Order in x: print(Order)',
    'f(Order=1)',
    'x.Order',
    'class K:\n    Order = 1',
    'if TYPE_CHECKING:\n    x: Order',
  ])('takes %j for no use at import', async (use) => {
    expect(await fixFor(`from shop.orders import Order\n${use}\ndef g():\n    Order.go()\n`)).toMatch(
      /^defer|^type/,
    );
  });

  it('keeps a global statement’s name the module’s', async () => {
    expect(
      await fixFor('from shop.orders import Order\ndef f():\n    global Order\n    Order = 1\n'),
    ).toContain('`f`');
  });

  it('follows the name that `as` gives, and only the attribute path of a dotted import', async () => {
    expect(await fixFor('from shop.orders import Order as O\ndef f():\n    return O\nOrder = 1\n')).toMatch(
      /^defer/,
    );
    const dotted =
      'import shop.orders\nimport shop.money\nX = shop.money.X\ndef f():\n    return shop.orders.Order\n';
    expect(await fixFor(dotted, { name: 'shop', form: { form: 'import' } })).toContain(
      'move it into `f` (line 5)',
    );
  });

  it('says what a package that only passes names on can do', async () => {
    const source = 'from shop.orders import Order\n__all__ = ["Order"]\n';
    expect(await fixFor(source)).toContain(
      '`shop.cart` only passes `Order` on: import it in a module-level `__getattr__`',
    );
    expect(await fixFor('from shop.orders import Order\n')).toContain(
      'nothing in this file uses `Order`: remove the import',
    );
  });

  it('only extracts where every import counts', async () => {
    const source = 'def f():\n    from shop.orders import Order\n    return Order\n';
    expect(await fixFor(source, { view: 'all', line: 2, form: { kind: 'function' } })).toMatch(
      /^extract: it waits.*third one/,
    );
  });

  it('says so where the file cannot be read', async () => {
    const graph = graphOf([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    const suggester = await FixSuggester.open(graph, 'import-time', { readSource: () => undefined });
    expect(suggester.suggest([0], { from: 0, to: 1 }).text).toContain(
      'how `a.py` uses the import could not be read',
    );
  });
});

describe('a name that a package passes on', () => {
  const sources: Record<string, string> = {
    'shop/__init__.py': 'from shop.orders import Order\nfrom shop.cart import Cart\n',
    'shop/cart.py': 'from shop import Order\nclass Cart(Order): ...\n',
    'shop/orders.py': 'class Order: ...\n',
  };
  const from = { form: 'from' as const };
  const graph = (more: Parameters<typeof graphOf>[0] = []): ImportGraph =>
    graphOf([
      ['shop', 'shop.orders', { ...from, line: 1, column: 25 }],
      ['shop', 'shop.cart', { ...from, line: 2, column: 23 }],
      ['shop.cart', 'shop', { ...from, line: 1, column: 18 }],
      ...more,
    ]);
  const suggest = async (project: ImportGraph, view: GraphView): Promise<string> => {
    const suggester = await FixSuggester.open(project, view, { readSource: (path) => sources[path] });
    const digraph = digraphOf(project, view);
    const arc = { from: 1, to: 0 };
    const remaining = new RemainingArcs(digraph, [0, 1, 2], [arc]);
    const { kind, text } = suggester.suggest([2], arc, remaining);
    return `${kind}: ${text}`;
  };

  it.each(['import-time', 'runtime', 'all'] as const)(
    'is imported from its submodule in the %s view',
    async (view) => {
      expect(await suggest(graph(), view)).toBe(
        'submodule: write `from shop.orders import Order`: `shop/__init__.py` only passes it on',
      );
    },
  );

  it('is not, where the submodule leads back', async () => {
    expect(await suggest(graph([['shop.orders', 'shop.cart']]), 'import-time')).toMatch(
      /^extract.*base class of `Cart`/,
    );
  });

  it('is not in the runtime view, where a package above the submodule leads back', async () => {
    const nested = {
      'shop/__init__.py': 'from shop.parts.orders import Order\nfrom shop.cart import Cart\n',
      'shop/cart.py': 'from shop import Order\nclass Cart(Order): ...\n',
      'shop/parts/__init__.py': 'import shop.cart\n',
      'shop/parts/orders.py': '',
    };
    const project = graphOf([
      ['shop', 'shop.parts.orders', { ...from, line: 1, column: 31 }],
      ['shop', 'shop.cart', { ...from, line: 2, column: 23 }],
      ['shop.cart', 'shop', { ...from, line: 1, column: 18 }],
      ['shop.parts', 'shop.cart', { line: 1, column: 8 }],
    ]);
    const fix = async (view: GraphView): Promise<string> => {
      const readSource = (path: string): string | undefined => nested[path as keyof typeof nested];
      const suggester = await FixSuggester.open(project, view, { readSource });
      const arc = { from: 1, to: 0 };
      const remaining = new RemainingArcs(digraphOf(project, view), [0, 1, 2, 3], [arc]);
      return suggester.suggest([2], arc, remaining).kind;
    };
    expect(await fix('import-time')).toBe('submodule');
    expect(await fix('runtime')).toBe('extract');
  });
});
