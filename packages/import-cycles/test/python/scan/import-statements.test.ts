import { describe, expect, it } from 'vitest';
import { scanText } from './scan-text.ts';

/** Source, imports, places. */
const FORMS: [string, string[], string[]][] = [
  ['import a', ['import a'], ['1:8']],
  ['import a.b.c', ['import a.b.c'], ['1:8']],
  ['import a as b', ['import a'], ['1:8']],
  ['import a, b.c as d , e', ['import a', 'import b.c', 'import e'], ['1:8', '1:11', '1:22']],
  ['import a . b', ['import a.b'], ['1:8']],
  ['import\\\n  a', ['import a'], ['2:3/1']],
  ['import\ta', ['import a'], ['1:8']],
  ['from a import b', ['from a import b'], ['1:15']],
  ['from a.b import c as d, e', ['from a.b import c', 'from a.b import e'], ['1:17', '1:25']],
  ['from a import (b)', ['from a import b'], ['1:16']],
  ['from a import (b, c,)', ['from a import b', 'from a import c'], ['1:16', '1:19']],
  ['from a import(b)', ['from a import b'], ['1:15']],
  [
    'from a import ( # x\n  b, # )\n\n  c as d\n)\nimport e',
    ['from a import b', 'from a import c', 'import e'],
    ['2:3/1', '4:3/1', '6:8'],
  ],
  ['from a import *', ['from a import *'], ['1:15']],
  ['from a import*', ['from a import *'], ['1:14']],
  ['from . import b', ['from . import b'], ['1:15']],
  ['from .import b', ['from . import b'], ['1:14']],
  ['from .a import b', ['from .a import b'], ['1:16']],
  ['from ... import b', ['from ... import b'], ['1:17']],
  ['from . .. a import b', ['from ...a import b'], ['1:20']],
  ['from.a import b', ['from .a import b'], ['1:15']],
  ['from .. import *', ['from .. import *'], ['1:16']],
  ['x = 1; import a; import b', ['import a', 'import b'], ['1:15', '1:25']],
  ['import a;', ['import a'], ['1:8']],
  ['from imports import importer', ['from imports import importer'], ['1:21']],
  [
    'from a import match, case, type, lazy',
    ['match', 'case', 'type', 'lazy'].map((n) => `from a import ${n}`),
    ['1:15', '1:22', '1:28', '1:34'],
  ],
  ['s = "ä€𝄞"; import a', ['import a'], ['1:20']],
  ['import ａｂ', ['import ab'], ['1:8']],
  ['import größe', ['import größe'], ['1:8']],
];

describe('import statements', () => {
  it.each(FORMS)('%j', (source, imports, places) => {
    const found = scanText(source);
    expect(found.problems).toEqual([]);
    expect(found.imports).toEqual(imports.map((text) => `module: ${text}`));
    expect(found.places).toEqual(places);
  });

  it.each([
    'import_x = 1',
    'x.import_module = 1',
    'importer = 1',
    'from_ = 1',
    'lazy = 1',
    'lazy.x = 2',
    'lazy (x)',
    'x = "import a"',
    '# import a',
    'x = """\nimport a\n"""',
    'x = (\n"""\nimport a\n""")',
    'raise E from e',
    'def f():\n  yield from a',
    '',
    '\n\n',
    '\\\n',
  ])('are not seen in %j', (source) => {
    expect(scanText(source)).toEqual({ imports: [], places: [], problems: [], comments: [] });
  });

  it('are found behind every kind of line end, byte order mark and form feed', () => {
    const found = scanText('\uFEFFimport a\r\nimport b\rimport c\n\fimport d\n  \fimport e\r\n\r\nimport f');
    expect(found.problems).toEqual([]);
    expect(found.imports.map((text) => text.slice(-1))).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(found.places).toEqual(['1:8', '2:8', '3:8', '4:9', '5:11', '7:8']);
  });
});

/** Each is followed by `import a`, which must be found in the last line. */
const BEFORE = [
  `x = 'it\\'s'`,
  `x = "\\\\"`,
  `x = 'a\\\nb'`,
  `x = r'\\'  # '`,
  `x = rb"\\""`,
  `x = """ " "" \\""" """`,
  `x = '''\n"""\n'''`,
  `x = ""`,
  `x = "" ""`,
  `x = f"{a}"`,
  `x = f"{{}}"`,
  `x = f"{a["b"]}"`,
  `x = f"{f"{f"{1}"}"}"`,
  `x = f"{a!r:>{width}}"`,
  `x = f"{a:%H:%M}"`,
  `x = f"{a != b}"`,
  `x = f"{(lambda x: {'a': x})(1)}"`,
  `x = f"\\N{LEFT CURLY BRACKET}"`,
  `x = rf"\\{a}\\""`,
  `x = f"\\{a}"`,
  `x = f"""{\n  a # }"\n}"""`,
  `x = f"""\n{a:\n{b}\n}"""`,
  `x = f'{a:{"}"}}'`,
  `x = t"{a['b']}"`,
  `x = Rb'' + fR"{a}"`,
  `x = [\n# ]\n']',\n]`,
  `x = {1: (2, [3])}`,
  `x = a if b else c # "`,
  `x = 1 \\\n  + 2`,
  `@decorator(a)\nclass A: pass`,
  `async def f():\n  async with a as b: pass\n  async for c in d: pass`,
  `x: int = 1`,
  `if x := f(): pass`,
  `while lambda: x: break`,
  `if lambda x, y=lambda: 1: x: pass`,
  `match = 1\nmatch.x = 2\nmatch[1:2] = 3\nmatch(x)\nmatch: int = 1\nprint(match)`,
  `match x:\n  case 1: pass\n  case {"a": [b, *_]} if b: pass\n  case _:\n    pass`,
  `match ...:\n  case -1: pass`,
  `match x, y:\n  case (1, 2): pass`,
  `match (x):\n  case 1: pass`,
  `match -x:\n  case 1: pass`,
  `case = 1\ncase[1]: int = 1\ntype = 1\ntype X = int\n_ = 1`,
  `class A[T: int]: pass`,
  `def f[T: (int, str)](x: T = 1, *, y: dict = {1: 2}) -> T: pass`,
  `if x:\n\ty = 1\n\tz = 2\n    \t# 2`,
  `if x:\n    pass\n  # deeper or not, a comment does not count\n\t\n`,
  `if x:\n  if y:\n    if z: pass\n  else: pass`,
  `print(1)\nprint = 1\nprint in x\nprint\nprint >>f`,
  `x = 0x1f if 1else 2`,
];

describe('code before an import', () => {
  it.each(BEFORE)('%j is passed over', (source) => {
    const found = scanText(`${source}\nimport a\n`);
    expect(found.problems).toEqual([]);
    expect(found.imports).toEqual(['module: import a']);
    expect(found.places).toEqual([`${source.split('\n').length + 1}:8`]);
  });

  it('may nest as deeply as CPython allows', () => {
    const deep = 'if x:\n' + Array.from({ length: 99 }, (_, n) => `${' '.repeat(n + 1)}if x:\n`).join('');
    const brackets = `x = ${'('.repeat(200)}${')'.repeat(200)}\n`;
    const found = scanText(`${brackets}${deep}${' '.repeat(101)}import a`);
    expect(found.problems).toEqual([]);
    expect(found.imports).toEqual(['conditional: import a']);
  });

  it('may be far longer than a stack is deep', () => {
    const chain = Array.from({ length: 50_000 }, (_, n) => `elif x == ${n}: pass\n`).join('');
    const found = scanText(`if x: pass\n${chain}else: import a\n${'('.repeat(100_000)}`);
    expect(found.imports).toEqual(['conditional: import a']);
    expect(found.problems).toHaveLength(1);
  });
});
