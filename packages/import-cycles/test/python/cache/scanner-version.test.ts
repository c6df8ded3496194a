import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SCANNER_VERSION } from '../../../src/python/cache/cache-format.ts';
import { scanText } from '../scan/scan-text.ts';

/** Something of everything that the scanner looks at. */
const SOURCES: readonly string[] = [
  'import a, b.c as d; from e import (f, # why\n  g as h,)\nfrom . import i\nfrom ...j.k import *\n',
  'from __future__ import annotations\nimport a # seaworthy: ignore[import-cycle] -- reason\n',
  'import a # seaworthy: ignore[import-cycles] -- reason\nimport b # seaworthy: ignore\n',
  'def f():\n    import a\n    async def g(): import b\n    class C:\n        import c\nclass D:\n    import d\n',
  'try:\n    import a\nexcept ImportError:\n    import b\nelse:\n    import c\nfinally:\n    import d\n',
  'from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import a\nelif x:\n    import b\nelse:\n    import c\n',
  'import typing as t\nif not t.TYPE_CHECKING:\n    import a\nif False: import b\nwhile x: import c\n',
  'if __name__ == "__main__":\n    import a\nmatch x:\n    case 1: import b\nwith y: import c\nfor z in z: import d\n',
  'import importlib\nimportlib.import_module("a.b")\n__import__("c")\nimportlib.import_module(".d", __name__)\n',
  'f = lambda: __import__("a")\nx = [__import__("b") for _ in ()]\nlazy import c\nlazy from d import e\n',
  's = "import a"; t = r\'\'\'\nimport b\n\'\'\'; u = f"{__import__("c")}{x!r:{y}}"\nv = b"import d"\n',
  'x = (1 +\n  2); \\\nimport a\nif x:\n\timport b\n        import c\n',
  'import a\n  import b\nprint "c"\nx = (\n',
  'x = "unclosed\nfrom a import\nimport\nfrom . import (b\n',
  '\uFEFFimport größe\r\nimport b\rimport c\n\f\nimport d\n',
];

it(`finds the same in the same bytes as long as its version is ${SCANNER_VERSION}`, async () => {
  const found = SOURCES.map((source) => ({ source, ...scanText(source) }));
  // What another version finds has a file of its own: whoever has to change this one has to raise SCANNER_VERSION instead,
  // or caches go on answering with what was found before.
  await expect(`${JSON.stringify(found, undefined, 2)}\n`).toMatchFileSnapshot(
    join(import.meta.dirname, `../../fixtures/scanner/version-${SCANNER_VERSION}.json`),
  );
});
