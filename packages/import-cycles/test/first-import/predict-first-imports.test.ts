import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { predictFirstImports } from '../../src/first-import/predict-first-imports.ts';
import type { FirstImport } from '../../src/report/import-report.ts';
import { indexOf, projectIn } from './project-in.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seaworthy-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function predict(files: Record<string, string>, module: string, minor = 11): Promise<FirstImport> {
  const graph = await projectIn(folder, files);
  const [result] = await predictFirstImports(graph, [indexOf(graph, module)], { python: [3, minor] });
  return result!;
}

const CYCLE = {
  'orders.py': 'from prices import total\n\nORDERS = []\n',
  'prices.py': 'from orders import ORDERS\n\ntotal = 0\n',
};

test('a name that does not exist yet: message, place and the imports in progress', async () => {
  expect(await predict(CYCLE, 'orders')).toEqual({
    module: 'orders',
    outcome: 'crash',
    found: 'predicted',
    error: {
      type: 'ImportError',
      message: `cannot import name 'ORDERS' from partially initialized module 'orders' (most likely due to a circular import) (${folder}/orders.py)`,
      path: 'prices.py',
      line: 1,
    },
    chain: [
      { from: 'orders', to: 'prices', path: 'orders.py', line: 1, kind: 'module' },
      { from: 'prices', to: 'orders', path: 'prices.py', line: 1, kind: 'module' },
    ],
  });
});

describe('what saves a cycle', () => {
  test.each([
    ['the import in a function', 'def total():\n    from orders import ORDERS\n    return len(ORDERS)\n'],
    [
      'the import for type checkers',
      'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from orders import ORDERS\ntotal = 0\n',
    ],
    ['the module instead of the name', 'import orders\n\ndef total():\n    return len(orders.ORDERS)\n'],
    ['a handler', 'try:\n    from orders import ORDERS\nexcept ImportError:\n    ORDERS = None\ntotal = 0\n'],
    ['a star', 'from orders import *\ntotal = 0\n'],
  ])('%s', async (_name, prices) => {
    expect(await predict({ ...CYCLE, 'prices.py': prices }, 'orders')).toEqual({
      module: 'orders',
      outcome: 'ok',
      found: 'predicted',
    });
  });
});

describe('what the version of Python changes', () => {
  const attribute = {
    'one.py': 'import two\n',
    'two.py': 'import one\nvalue = (\n    one\n    .missing\n)\n',
  };

  test.each([
    [8, 3],
    [9, 3],
    [10, 4],
    [13, 4],
  ])('the line of an attribute in 3.%i', async (minor, line) => {
    expect((await predict(attribute, 'one', minor)).error).toMatchObject({
      type: 'AttributeError',
      path: 'two.py',
      line,
    });
  });

  test('too many dots', async () => {
    const files = { 'shop/__init__.py': '', 'shop/one.py': 'from ... import two\n' };
    expect((await predict(files, 'shop.one', 8)).error?.type).toBe('ValueError');
    expect((await predict(files, 'shop.one', 9)).error?.type).toBe('ImportError');
  });

  test('syntax that it does not know', async () => {
    const files = {
      'one.py': 'import two\n',
      'two.py': 'value = 1\nmatch value:\n    case 1:\n        pass\n',
    };
    expect((await predict(files, 'one', 9)).error).toMatchObject({
      type: 'SyntaxError',
      path: 'two.py',
      line: 2,
    });
    expect((await predict(files, 'one', 10)).outcome).toBe('ok');
  });

  test('annotations, which 3.14 does not evaluate', async () => {
    const files = {
      'one.py': 'import two\n',
      'two.py': 'import one\n\ndef use(value: one.Missing):\n    pass\n',
    };
    expect((await predict(files, 'one', 13)).outcome).toBe('crash');
    expect((await predict(files, 'one', 14)).outcome).toBe('ok');
  });

  test('lazy imports, which are executed at their first use', async () => {
    const files = {
      'one.py': 'lazy from two import value\nother = 1\n',
      'two.py': 'from one import other\nvalue = other\n',
    };
    expect((await predict(files, 'one', 15)).outcome).toBe('ok');
    expect(
      (
        await predict(
          { ...files, 'one.py': 'lazy from two import value\nuse = value\nother = 1\n' },
          'one',
          15,
        )
      ).outcome,
    ).toBe('crash');
  });
});

test('a condition that the source does not tell is named', async () => {
  const files = {
    'one.py': 'import os\nif os.environ.get("OLD"):\n    import two\nvalue = 1\n',
    'two.py': 'from one import value\n',
  };
  expect(await predict(files, 'one')).toEqual({
    module: 'one',
    outcome: 'ok',
    found: 'predicted',
    assumption: 'a condition that is not known (one, line 3)',
  });
});

test('that a module has been imported is an assumption where a condition decided it', async () => {
  const files = {
    'one.py': 'import os\nif os.environ.get("OLD"):\n    import two\nimport three\n',
    'two.py': 'import one\nvalue = 1\n',
    'three.py': 'from two import value\n',
  };
  expect(await predict(files, 'one')).toMatchObject({
    outcome: 'ok',
    assumption: 'whether two has been imported before (three, line 1)',
  });
});

test('a submodule that is missing is told, and is no cycle', async () => {
  const { error, chain } = await predict(
    { 'shop/__init__.py': 'from shop import absent\nimport shop.absent\n' },
    'shop',
  );
  expect(error).toMatchObject({ type: 'ImportError', line: 1 });
  expect(chain).toEqual([{ from: 'shop', to: 'shop', path: 'shop/__init__.py', line: 1, kind: 'module' }]);
});

test('an extension module beside the sources is taken to be there', async () => {
  const files = { 'shop/__init__.py': 'from shop._fast import total\n', 'shop/_fast.pyx': '' };
  expect((await predict(files, 'shop')).outcome).toBe('ok');
});

test('a module that recurses without end does not end the prediction', async () => {
  expect((await predict({ 'one.py': 'def down():\n    return down()\ndown()\n' }, 'one')).assumption).toMatch(
    /what down\(\) does/,
  );
});

test.each(['ORDERS.of = 1', 'setattr(ORDERS, "of", 1)'])(
  'what a handler bound to None takes no attribute: %s',
  async (statement) => {
    const prices = `try:\n    from orders import ORDERS\nexcept ImportError:\n    ORDERS = None\n${statement}\ntotal = 0\n`;
    expect(await predict({ ...CYCLE, 'prices.py': prices }, 'orders')).toMatchObject({
      outcome: 'crash',
      error: { type: 'AttributeError', message: "'NoneType' object has no attribute 'of'", line: 5 },
    });
  },
);
