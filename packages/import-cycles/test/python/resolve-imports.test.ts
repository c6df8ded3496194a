import { describe, expect, it } from 'vitest';
import { buildPythonGraph } from '../../src/python/build-python-graph.ts';
import { edgesOf, problemsOf, projectFolder } from './project-folder.ts';

const SHOP = {
  'shop/__init__.py': '',
  'shop/orders.py': '',
  'shop/money/__init__.py': '',
  'shop/money/tax.py': '',
  'ns/part.py': '',
  'single.py': '',
};

/** What `shop/cart.py` says, and which modules it names. */
const RESOLUTIONS: [string, string[]][] = [
  ['import shop', ['shop']],
  ['import shop.money.tax', ['shop.money.tax']],
  ['import shop.missing', ['shop']],
  ['import shop.orders.attribute', ['shop.orders']],
  ['from shop import orders', ['shop.orders']],
  ['from shop import orders as o, NAME', ['shop.orders', 'shop']],
  ['from shop import *', ['shop']],
  ['from shop.money import tax, RATE', ['shop.money.tax', 'shop.money']],
  ['from shop.missing import x', ['shop']],
  ['from . import orders', ['shop.orders']],
  ['from . import NAME', ['shop']],
  ['from .orders import x', ['shop.orders']],
  ['from .money.tax import x', ['shop.money.tax']],
  ['from .money import tax', ['shop.money.tax']],
  ['from . import *', ['shop']],
  ['from .. import x', []],
  ['import ns', []],
  ['import ns.part', ['ns.part']],
  ['from ns import part', ['ns.part']],
  ['from ns import missing', []],
  ['import numpy.linalg', []],
  ['import single, shop.orders', ['single', 'shop.orders']],
  ['from importlib import import_module as load\nload("shop.orders")', ['shop.orders']],
  ['from importlib import import_module as load\nload(".orders", __package__)', ['shop.orders']],
  ['from importlib import import_module as load\nload("..orders", __name__)', ['shop.orders']],
  ['from importlib import import_module as load\nload(".tax", "shop.money")', ['shop.money.tax']],
  ['__import__("shop.orders")', ['shop.orders']],
  ['import shop.cart', ['shop.cart']],
  ['from shop.cart import x', ['shop.cart']],
  ['from shop import cart', ['shop.cart']],
  ['from . import cart', ['shop.cart']],
  ['import shop.cart.made', []],
  ['from shop.cart.made import x', []],
  ['from .cart.made import x', []],
];

describe('what an import names', () => {
  it.each(RESOLUTIONS)('%j', async (source, targets) => {
    const graph = await buildPythonGraph([projectFolder({ ...SHOP, 'shop/cart.py': source })]);
    expect(edgesOf(graph)).toEqual(targets.map((target) => `shop.cart -> ${target}`));
  });

  it('is resolved from the package for its __init__', async () => {
    const init = 'from . import orders\nfrom .money import tax\nimport shop\nfrom .. import x';
    const graph = await buildPythonGraph([projectFolder({ ...SHOP, 'shop/__init__.py': init })]);
    expect(edgesOf(graph)).toEqual(['shop -> shop.orders', 'shop -> shop.money.tax', 'shop -> shop']);
    expect(graph.problems).toEqual([
      {
        kind: 'configuration',
        path: 'shop/__init__.py',
        line: 4,
        message: expect.stringContaining('leaves the outermost package') as string,
      },
    ]);
  });

  it('is counted where it lies outside', async () => {
    const source = 'import numpy.linalg\nfrom numpy import x, y\nimport os.path\nfrom ..up import x';
    const { external } = await buildPythonGraph([projectFolder({ 'shop/__init__.py': source })]);
    expect([...external]).toEqual([
      ['numpy', 3],
      ['os', 1],
      ['..up', 1],
    ]);
  });

  it('may be a namespace package over several roots', async () => {
    const folder = projectFolder({ 'a/ns/one.py': 'from ns import two', 'b/ns/two.py': 'from . import one' });
    const graph = await buildPythonGraph([`${folder}/a`, `${folder}/b`]);
    expect(graph.roots).toEqual(['a', 'b']);
    expect(edgesOf(graph)).toEqual(['ns.one -> ns.two', 'ns.two -> ns.one']);
  });

  it('is no namespace package where an extension module has the name', async () => {
    const folder = projectFolder({
      'a/__init__.py': '',
      'a/speed.cpython-311-x86_64-linux-gnu.so': '',
      'a/b.py': 'from a import speed\nimport a.speed\nfrom a.speed import x',
    });
    const graph = await buildPythonGraph([folder]);
    expect(edgesOf(graph)).toEqual([]);
    expect([...graph.external]).toEqual([['a.speed', 3]]);
  });

  it('is looked for in the folders around the file that are no packages, nearest first', async () => {
    const graph = await buildPythonGraph([
      projectFolder({
        'services/api/app/__init__.py': '',
        'services/api/app/main.py': 'import app.models\nfrom shared import log',
        'services/api/app/models.py': '',
        'services/web/app/__init__.py': 'import app.views',
        'services/web/app/views.py': '',
        'services/shared/__init__.py': '',
        'services/shared/log.py': 'import logging',
        'services/logging/__init__.py': '',
      }),
    ]);
    expect(edgesOf(graph)).toEqual([
      'services.api.app.main -> services.api.app.models',
      'services.api.app.main -> services.shared.log',
      'services.web.app -> services.web.app.views',
    ]);
    expect(graph.external.get('logging')).toBe(1);
  });

  it('may begin with src although that is a root of its own', async () => {
    const graph = await buildPythonGraph([
      projectFolder({
        'pyproject.toml': '',
        'src/shop/__init__.py': '',
        'src/shop/a.py': 'from src.shop import b',
        'src/shop/b.py': 'import shop.a',
        'tests/test_a.py': 'from shop import a',
      }),
    ]);
    expect(edgesOf(graph)).toEqual(['shop.a -> shop.b', 'shop.b -> shop.a', 'tests.test_a -> shop.a']);
    expect(problemsOf(graph)).toEqual([]);
  });
});
