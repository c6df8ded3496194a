import { expect, it } from 'vitest';
import { excludeGlobs } from '../src/exclude-globs.ts';

it.each([
  ['generated', 'generated', true],
  ['generated', 'src/generated', true],
  ['generated', 'src/generated.py', false],
  ['./generated/', 'src/generated', true],
  ['*_pb2.py', 'api/shop_pb2.py', true],
  ['src/generated', 'src/generated', true],
  ['/src/generated/', 'src/generated', true],
  ['src/generated', 'lib/src/generated', false],
  ['src/generated/**', 'src/generated', true],
  ['src/generated', 'src/generated/deep/a.py', true],
  ['src/*/a.py', 'src/b/a.py', true],
  ['src/*/a.py', 'src/b/c/a.py', false],
  ['**/*.test.ts', 'a.test.ts', true],
  ['src\\generated', 'src/generated', true],
  ['[id].ts', 'pages/[id].ts', true],
  ['', 'a.py', false],
  ['/', 'a.py', false],
])('%j leaves out %j: %s', (pattern, path, expected) => {
  expect(excludeGlobs([pattern])(() => path, path.slice(path.lastIndexOf('/') + 1))).toBe(expected);
});
