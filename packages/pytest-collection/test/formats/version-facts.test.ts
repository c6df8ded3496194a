import { expect, it } from 'vitest';
import { versionFacts } from '../../src/formats/version-facts.ts';

it('names no version that is not known', () => {
  const python = { version: '3.11.7', executable: '/usr/bin/python3' };
  const pytest = { version: '9.0.3', rootdir: '/work' };
  expect(versionFacts({ python, pytest })).toEqual(['Python 3.11.7', 'pytest 9.0.3']);
  expect(versionFacts({ python, pytest: { ...pytest, version: 'unknown' } })).toEqual(['Python 3.11.7']);
});

it('says where it ran', () => {
  const python = { version: 'unknown', executable: '/usr/bin/python3' };
  const pytest = { version: '9.0.3', rootdir: '/work' };
  const runner = 'container of shop-tests, 512 MiB';
  expect(versionFacts({ python, pytest, runner })).toEqual([
    'pytest 9.0.3',
    'in a container of shop-tests, 512 MiB',
  ]);
});
