import { expect, it } from 'vitest';
import { statementCode } from '../../../src/formats/text/statement-code.ts';

it.each([
  ['from .helpers import (\n    one,\n    two as three,  # why\n)', 3, 'from .helpers import … two as three'],
  ['from shop.orders import one, \\\n    two', 2, 'from shop.orders import … two'],
  ['    from . import (one,\n        two)', 2, 'from . import … two'],
  ['import a, \\\n  b.c', 2, 'import … b.c'],
  ["import {\n  one,\n  two,\n} from './helpers';", 4, "import … from './helpers';"],
  ["import type {\n  one,\n} from './helpers'", 3, "import type … from './helpers'"],
  ["export {\n  one,\n} from './helpers'", 3, "export … from './helpers'"],
  ['from .helpers import (one,\n    two)', 1, 'from .helpers import (one,'],
  ['import_module(\n    "a.b")', 2, '"a.b")'],
])('%j, line %i', (text, line, code) => {
  const statement = { firstLine: 1, lastLine: text.split('\n').length };
  expect(statementCode({ path: 'a', line, statement }, () => text)).toBe(code);
});

it('is nothing without a source', () => {
  const statement = { firstLine: 1, lastLine: 2 };
  expect(statementCode({ path: 'a', line: 2, statement }, () => undefined)).toBeUndefined();
  expect(statementCode({ path: 'a', line: 2 }, undefined)).toBeUndefined();
});
