import { describe, expect, it } from 'vitest';
import { missingPython } from '../../../src/scenarios/interpreter/requires-python.ts';
import type { Environment } from '@seaworthy/scenario';

const environment = (version?: string, implementation = 'CPython'): Environment => ({
  project: { root: '/project' },
  ...(version === undefined ? {} : { python: { executable: '/bin/python', version, implementation } }),
  cores: 2,
  memoryBytes: 1e9,
});

describe('missingPython', () => {
  it.each(['3.8.0', '3.13.0', '3.14.0rc1', '4.0.0'])('is content with %s', (version) => {
    expect(missingPython(environment(version))).toBeUndefined();
  });

  it.each(['3.6.15', '3.7.16', '2.7.18'])('says that %s is too old, and what to do', (version) => {
    const missing = missingPython(environment(version));
    expect(missing?.what).toBe(`CPython 3.8 or newer: /bin/python is ${version}`);
    expect(missing?.how).toContain('Install CPython 3.8 or newer');
  });

  it('says that there is none, or another implementation', () => {
    expect(missingPython(environment())?.what).toBe('a Python interpreter');
    expect(missingPython(environment('3.10.14', 'PyPy'))?.what).toContain('PyPy 3.10.14');
  });
});
