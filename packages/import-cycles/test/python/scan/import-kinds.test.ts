import { describe, expect, it } from 'vitest';
import { scanText } from './scan-text.ts';

const TYPING = 'from typing import TYPE_CHECKING as TC\nimport typing as t\n';

/** Source around `import a` and the kind that it has there. */
const KINDS: [string, string][] = [
  ['import a', 'module'],
  ['with x: import a', 'module'],
  ['with x:\n  with y:\n    import a', 'module'],
  ['class A: import a', 'class'],
  ['class A:\n  with x: import a', 'class'],
  ['class A:\n  if x:\n    import a', 'conditional'],
  ['class A:\n  def f(self):\n    import a', 'function'],
  ['def f(): import a', 'function'],
  ['def f():\n  class A:\n    try: import a\n    finally: pass', 'function'],
  ['async def f():\n  import a', 'function'],
  ['@decorated\ndef f():\n  import a', 'function'],
  ['def f(\n  x,\n): import a', 'function'],
  ['if x: import a', 'conditional'],
  ['if x: pass\nelif y: import a', 'conditional'],
  ['if x: pass\nelse: import a', 'conditional'],
  ['for x in y: import a', 'conditional'],
  ['for x in y: pass\nelse: import a', 'conditional'],
  ['while x: import a', 'conditional'],
  ['while x:\n  pass\nelse:\n  import a', 'conditional'],
  ['match x:\n  case 1: import a', 'conditional'],
  ['match x:\n  case 1:\n    import a', 'conditional'],
  ['try: import a\nexcept E: pass', 'try'],
  ['try: pass\nexcept E: import a', 'try'],
  ['try: pass\nexcept* E as e:\n  import a', 'try'],
  ['try: pass\nexcept E: pass\nelse: import a', 'try'],
  ['try: pass\nfinally:\n  import a', 'try'],
  ['if x:\n  try:\n    import a\n  except E: pass', 'try'],
  ['try:\n  if x: import a\nexcept E: pass', 'try'],
  ['try:\n  pass\nexcept E:\n  pass\nimport a', 'module'],
  ['def f():\n  pass\n# back\nimport a', 'module'],
  ['if x: pass\nimport a', 'module'],
  ['if x: y = 1; import a', 'conditional'],
  ['if TYPE_CHECKING: import a', 'type-checking'],
  ['if TYPE_CHECKING:\n  import a', 'type-checking'],
  ['if typing.TYPE_CHECKING:\n  import a', 'type-checking'],
  ['if t.TYPE_CHECKING:\n  import a', 'type-checking'],
  ['if TC:\n  import a', 'type-checking'],
  ['if (TYPE_CHECKING):\n  import a', 'type-checking'],
  ['if(TYPE_CHECKING):\n  import a', 'type-checking'],
  ['if TYPE_CHECKING:\n  pass\nelse:\n  import a', 'conditional'],
  ['if not TYPE_CHECKING:\n  import a', 'conditional'],
  ['if not TYPE_CHECKING:\n  pass\nelse:\n  import a', 'type-checking'],
  ['if not TYPE_CHECKING:\n  pass\nelif x:\n  import a', 'type-checking'],
  ['if x:\n  pass\nelif TYPE_CHECKING:\n  import a', 'type-checking'],
  ['if x:\n  pass\nelif not TC: pass\nelse:\n  import a', 'type-checking'],
  ['if not not TYPE_CHECKING:\n  import a', 'type-checking'],
  ['if TYPE_CHECKING and x:\n  import a', 'type-checking'],
  ['if x.y(1, "and") and TYPE_CHECKING:\n  import a', 'type-checking'],
  ['if x and (y or TC) and TC:\n  import a', 'type-checking'],
  ['if TYPE_CHECKING or x:\n  import a', 'conditional'],
  ['if x or TYPE_CHECKING:\n  import a', 'conditional'],
  ['if not (TYPE_CHECKING or x):\n  import a', 'conditional'],
  ['if not (TYPE_CHECKING or x):\n  pass\nelse:\n  import a', 'conditional'],
  ['if TYPE_CHECKING == x:\n  import a', 'conditional'],
  ['if x if TYPE_CHECKING else y:\n  import a', 'conditional'],
  ['if (x if y else z) and TYPE_CHECKING:\n  import a', 'type-checking'],
  ['if TYPE_CHECKING and (x if y else z):\n  import a', 'type-checking'],
  ['if "TYPE_CHECKING":\n  import a', 'conditional'],
  ['if x(TYPE_CHECKING):\n  import a', 'conditional'],
  ['if TYPE_CHECKING, x:\n  import a', 'conditional'],
  ['if TYPE_CHECKING \\\n  and x:\n  import a', 'type-checking'],
  ['if (TYPE_CHECKING # why not\n  and x):\n  import a', 'type-checking'],
  ['def f():\n  if TYPE_CHECKING:\n    import a', 'type-checking'],
  ['if TYPE_CHECKING:\n  def f():\n    import a', 'type-checking'],
  ['if TYPE_CHECKING:\n  try:\n    import a\n  except E: pass', 'type-checking'],
  ['if False: import a', 'type-checking'],
  ['if 0: import a', 'type-checking'],
  ['if True: pass\nelse: import a', 'type-checking'],
  ['if 1: import a', 'conditional'],
  ['if __name__ == "__main__": import a', 'main'],
  ["if '__main__' == __name__:\n  import a", 'main'],
  ['if __name__ == "__main__":\n  def f():\n    import a', 'main'],
  ['if __name__ == "__main__" and x:\n  import a', 'main'],
  ['if __name__ == "__main__": pass\nelse: import a', 'conditional'],
  ['if __name__ != "__main__": import a', 'conditional'],
  ['if __name__ != "__main__": pass\nelse: import a', 'main'],
  ['if __name__ == "main": import a', 'conditional'],
  ['if __name__ == "__main__" or TYPE_CHECKING: import a', 'main'],
  ['lazy import a', 'lazy'],
  ['lazy\\\n import a', 'lazy'],
  ['if x:\n  lazy import a', 'lazy'],
  ['if TYPE_CHECKING:\n  lazy import a', 'type-checking'],
];

describe('the kind of an import', () => {
  it.each(KINDS)('%j', (source, kind) => {
    const found = scanText(TYPING + source);
    expect(found.problems).toEqual([]);
    expect(found.imports.at(-1)).toBe(`${kind}: import a`);
  });

  it('is lazy for every name of a lazy from', () => {
    expect(scanText('lazy from .a import b, c as d').imports).toEqual([
      'lazy: from .a import b',
      'lazy: from .a import c',
    ]);
  });

  it.each([
    'def f():\n  lazy import a',
    'class A:\n  lazy import a',
    'try:\n  lazy from a import b\nfinally: pass',
    'lazy from a import *',
  ])('%j is an error in a place where nothing may be lazy', (source) => {
    const found = scanText(source);
    expect(found.problems).toHaveLength(1);
    expect(found.imports).toHaveLength(1);
  });
});
