import { expect, test } from 'vitest';
import { locateKey } from '../../src/configuration/locate-key.ts';

const typescript = `import { defineConfig } from 'seaworthy';

// scenarios: { 'imports/project': { limits: { maxCycles: 1 } } }
export default defineConfig({
  imports: { baseline: "a: b", maxCycles: 7 },
  scenarios: {
    'imports/project': {
      limits: { maxLength: 5, /* maxCycles: 2, */
        maxCycles: 30 },
    },
  },
});
`;

test.each([
  [['scenarios', 'imports/project', 'limits', 'maxCycles'], 9],
  [['scenarios', 'imports/project', 'limits', 'maxLength'], 8],
  [['imports', 'maxCycles'], 5],
  [['scenarios', 'imports/leak'], undefined],
  [[], undefined],
])('%j stands in line %s', (path, line) => {
  expect(locateKey(typescript, path)).toBe(line);
});

test('a key is not found inside another word, nor through a regular expression', () => {
  expect(locateKey('{ "xroots": 1, "$roots": 1,\n "roots": 2, "a.b": 3 }', ['roots'])).toBe(2);
  expect(locateKey('{ "axb": 1,\n "a.b": 3 }', ['a.b'])).toBe(2);
});
