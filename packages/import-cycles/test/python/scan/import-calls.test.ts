import { describe, expect, it } from 'vitest';
import { scanText } from './scan-text.ts';

const BOUND =
  'import importlib, importlib as il\nfrom importlib import import_module, import_module as load\n';

const CALLS: [string, string[]][] = [
  ['importlib.import_module("a.b")', ['module: call a.b']],
  ['il.import_module("a")', ['module: call a']],
  ['import_module("a")', ['module: call a']],
  ['load("a")', ['module: call a']],
  ['load(\n  # why\n  "a"\n)', ['module: call a']],
  ['load(name="a")', ['module: call a']],
  ['x = [load(r"a"), load(u"b"), load("""c""")]', ['module: call a', 'module: call b', 'module: call c']],
  ['__import__("a")', ['module: call a']],
  ['__import__("a.b", globals(), locals(), ["c"])', ['module: call a.b']],
  ['__import__("a", globals(), locals(), [], 0)', []],
  ['__import__("a", level=1)', []],
  ['load(".a", __package__)', ['module: call .a']],
  ['load("..a", package=__name__)', ['module: call ..a from __name__']],
  ['load("..a", "x.y")', ['module: call x.a']],
  ['load(".a", package="x.y")', ['module: call x.y.a']],
  ['load("...a", "x")', []],
  ['load(".a", x)', []],
  ['load(".a")', []],
  ['load(x)', []],
  ['load(f"a")', []],
  ['load(b"a")', []],
  ['load("a" + x)', []],
  ['load("a", *x)', ['module: call a']],
  ['load("not a name")', []],
  ['load("")', []],
  ['load', []],
  ['x.load("a")', []],
  ['x.__import__("a")', []],
  ['reload("a")', []],
  ['"load(\'a\')"', []],
  ['# load("a")', []],
  ['f"{load(\'a\')}"', ['module: call a']],
  ['def f():\n  load("a")', ['function: call a']],
  ['def f(x=load("a")): pass', ['module: call a']],
  ['@load("a").b\ndef f(): pass', ['module: call a']],
  ['class A(load("a").B): x = load("b")', ['module: call a', 'class: call b']],
  ['if load("a"): load("b")', ['module: call a', 'conditional: call b']],
  ['try: load("a")\nexcept E: pass', ['try: call a']],
  ['lambda: load("a")', ['function: call a']],
  ['lambda x=load("a"): load("b"), load("c")', ['module: call a', 'function: call b', 'module: call c']],
  ['f(lambda: (1, load("a")), load("b"))', ['function: call a', 'module: call b']],
  ['[lambda: 1 for _ in load("a")]', ['module: call a']],
  ['if TYPE_CHECKING: load("a")', ['type-checking: call a']],
];

describe('literal import calls', () => {
  it.each(CALLS)('%j', (source, imports) => {
    const found = scanText(BOUND + source);
    expect(found.problems).toEqual([]);
    expect(found.imports.slice(4)).toEqual(imports);
  });

  it('are placed at the literal', () => {
    expect(scanText('x = 1; __import__(\n  "a")').places).toEqual(['2:3/1']);
  });

  it('follow only names that the file binds', () => {
    expect(scanText('import_module("a")\nimportlib.import_module("a")').imports).toEqual([]);
    expect(scanText('import importlib.util as importlib\nimportlib.import_module("a")').imports).toHaveLength(
      1,
    );
    expect(scanText('def f(): importlib.import_module("a")\nimport importlib.util').imports).toHaveLength(2);
  });
});
