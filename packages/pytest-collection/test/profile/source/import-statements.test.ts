import { expect, test } from 'vitest';
import { blankSource } from '../../../src/profile/source/blank-source.ts';
import { importStatements, statementThatImports } from '../../../src/profile/source/import-statements.ts';

const lineOf = (source: string, module: string) =>
  statementThatImports(importStatements(source), module)?.line;

test('blanking keeps every offset and hides what is no code', () => {
  const source = 'x = "import a"  # import b\ny = """\nimport c\n"""\nz = (1,\n 2)\nimport d\n';
  const text = blankSource(source);
  expect(text).toHaveLength(source.length);
  expect(text).not.toMatch(/import [abc]/);
  expect(text.indexOf('import d')).toBe(source.indexOf('import d'));
});

test('a string that is never closed does not swallow the rest of the file', () => {
  expect(lineOf("x = 'never closed\nimport numpy\n", 'numpy')).toBe(2);
});

test('finds every form of import with its line', () => {
  const source = [
    '"""import pandas as a matter of speech."""',
    'import os, numpy as np',
    'from a.b import (',
    '    c,  # with a comment',
    '    d as e,',
    ')',
    'from . import sibling',
    'from ..up import thing',
    'try: import fast',
    'except ImportError: fast = None',
    'import one; import two',
    'import x.\\',
    '    y',
    'heavy = pytest.importorskip("scipy.linalg")',
  ].join('\n');
  expect(lineOf(source, 'pandas')).toBeUndefined();
  expect(lineOf(source, 'os')).toBe(2);
  expect(lineOf(source, 'numpy')).toBe(2);
  expect(lineOf(source, 'a.b')).toBe(3);
  expect(lineOf(source, 'a.b.d')).toBe(3);
  expect(lineOf(source, 'a')).toBe(3);
  expect(lineOf(source, 'pkg.sibling')).toBe(7);
  expect(lineOf(source, 'top.up')).toBe(8);
  expect(lineOf(source, 'fast')).toBe(9);
  expect(lineOf(source, 'two')).toBe(11);
  expect(lineOf(source, 'scipy.linalg')).toBe(14);
});

test('of several statements the one at the top of the file is meant, and the exact one', () => {
  const source = 'def late():\n    import numpy\n\nimport numpy.linalg\nimport numpy\n';
  expect(lineOf(source, 'numpy')).toBe(5);
  expect(lineOf('def late():\n    import numpy\n', 'numpy')).toBe(2);
});

test('a module is not mistaken for another whose name begins alike', () => {
  expect(lineOf('import numpylike\nfrom numpylike import numpy_x\n', 'numpy')).toBeUndefined();
});
