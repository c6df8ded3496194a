import { describe, expect, it } from 'vitest';
import { scanText } from './scan-text.ts';

const ERRORS: [string, number][] = [
  ['x = (', 1],
  ['x = [1, 2\n\ny = 3', 1],
  ['x = 1)', 1],
  ['x = (1]', 1],
  ['\nx = "abc', 2],
  ["x = 'abc\ny = 1", 1],
  ['x = """abc\n\n', 1],
  ['x = f"{a', 1],
  ['x = f"{a"', 1],
  ['x = f"""{a', 1],
  ['if x:\n    y\n  z', 3],
  ['if x:\ny', 2],
  ['if x:', 1],
  ['  x', 1],
  ['x\n  y', 2],
  ['if x:\n        y\n\tz', 3],
  ['import', 1],
  ['import a.', 1],
  ['import a b', 1],
  ['import a,', 1],
  ['import (a)', 1],
  ['import .a', 1],
  ['import a as', 1],
  ['import a as b.c', 1],
  ['import class', 1],
  ['from import a', 1],
  ['from a import', 1],
  ['from a import ()', 1],
  ['from a import (b', 1],
  ['from a import b,', 1],
  ['from a import b.c', 1],
  ['from a import None', 1],
  ['from a import (*)', 1],
  ['from a.b', 1],
  ['from a import b c', 1],
  ['from a import (b c)', 1],
  ['from .a. import b', 1],
  ['x = a $ b', 1],
  ['x = a?', 1],
  ['x = `a`', 1],
  ['x = a ! b', 1],
  ['x = 1 \\ \n+ 2', 1],
  ['x = 1 \\', 1],
  ['if x\n  y = 1', 1],
  ['x = "a" \0', 1],
  ['print "a"', 1],
  ['print x', 1],
  ['x = a€b', 1],
  ['x = “a”', 1],
];

describe('syntax errors', () => {
  it.each(ERRORS)('%j is one, in line %i', (source, line) => {
    const { problems } = scanText(source);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^syntax-error ${line}: \\S`));
  });

  it('do not hide the imports around them', () => {
    const found = scanText('import a\nx = "abc\nimport b.\nimport c\n');
    expect(found.imports).toEqual(['module: import a', 'module: import c']);
    expect(found.problems).toEqual(['syntax-error 2: unterminated string literal']);
  });

  it('are reported once a file, the first one only', () => {
    expect(scanText('import\nimport\nimport').problems).toHaveLength(1);
  });
});
