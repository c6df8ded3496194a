import { expect, test } from 'vitest';
import { unescapeMountPath } from '../../src/files/mount-path.ts';

test('blanks, tabs, line breaks and backslashes are written as octal numbers', () => {
  expect(unescapeMountPath('/a\\040b\\011c\\012d\\134e')).toBe('/a b\tc\nd\\e');
  expect(unescapeMountPath('/plain-0401')).toBe('/plain-0401');
});
