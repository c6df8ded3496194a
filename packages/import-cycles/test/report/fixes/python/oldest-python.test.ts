import { describe, expect, it } from 'vitest';
import { oldestPython } from '../../../../src/report/fixes/python/oldest-python.ts';

const oldest = (files: Record<string, string>, root = '.'): string | undefined => {
  const version = oldestPython([root], (path) => files[path]);
  return version === undefined ? undefined : `${version.major}.${version.minor}`;
};

describe('oldestPython', () => {
  it.each([
    ['requires-python = ">=3.9"', '3.9'],
    ['requires-python = ">=3.9,<4"', '3.9'],
    ['requires-python = ">= 3.9, != 3.9.1, >3.10"', '3.10'],
    ['requires-python = "~=3.11.2" # comment', '3.11'],
    ["requires-python = '==3.15.*'", '3.15'],
    ['#requires-python = ">=3.9"', undefined],
    ['requires-python = "<4"', undefined],
    ['[tool.poetry.dependencies]\npython = "^3.10"', '3.10'],
    ['[project]\nname = "x"', undefined],
  ])('reads %j', (text, expected) => {
    expect(oldest({ 'pyproject.toml': text })).toBe(expected);
  });

  it('takes the nearest file above a root, and setup.cfg as well', () => {
    const files = {
      'pyproject.toml': 'requires-python = ">=3.8"',
      'services/shop/setup.cfg': '[options]\npython_requires = >=3.12\n',
    };
    expect(oldest(files, 'services/shop/src')).toBe('3.12');
    expect(oldest(files, 'services/other')).toBe('3.8');
    expect(oldest({}, 'src')).toBeUndefined();
  });
});
