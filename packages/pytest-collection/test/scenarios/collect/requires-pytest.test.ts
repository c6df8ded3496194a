import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@seaworthy/scenario';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missingPytest, pythonOf } from '../../../src/scenarios/collect/requires-pytest.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seaworthy-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A program that says what an interpreter with such a pytest would. */
async function pythonSaying(name: string, script: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, `#!/bin/sh\n${script}\n`);
  await chmod(path, 0o755);
  return path;
}

const environment = (
  executable = '/bin/python',
  version = '3.11.7',
  implementation = 'CPython',
): Environment => ({
  project: { root: '/project' },
  python: { executable, version, implementation },
  cores: 2,
  memoryBytes: 1e9,
});

describe('missingPytest', () => {
  it.each(['6.0.0', '7.4.4', '8.3.5', '9.0.3', '10.1'])('is content with pytest %s', async (version) => {
    expect(
      missingPytest(environment(await pythonSaying(`has-${version}`, `echo ${version}`))),
    ).toBeUndefined();
  });

  it('says how to install it where it is not there', async () => {
    const python = await pythonSaying('has-none', 'echo none');
    const missing = missingPytest(environment(python));
    expect(missing?.what).toBe(`pytest in ${python}`);
    expect(missing?.how).toContain(`${python} -m pip install pytest`);
  });

  it('says that it is too old', async () => {
    const python = await pythonSaying('has-old', 'echo 5.4.3');
    expect(missingPytest(environment(python))?.what).toBe(`pytest 6 or newer: ${python} has 5.4.3`);
  });

  it('gives the benefit of the doubt to one that does not answer', async () => {
    expect(missingPytest(environment(await pythonSaying('broken', 'exit 3')))).toBeUndefined();
  });

  it.each([
    ['3.7.16', 'CPython', 'CPython 3.8 or newer: /bin/python is CPython 3.7.16'],
    ['2.7.18', 'CPython', 'CPython 3.8 or newer: /bin/python is CPython 2.7.18'],
    ['3.10.14', 'PyPy', 'CPython 3.8 or newer: /bin/python is PyPy 3.10.14'],
  ])('wants another interpreter than %s of %s', (version, implementation, what) => {
    expect(missingPytest(environment('/bin/python', version, implementation))?.what).toBe(what);
  });

  it('wants an interpreter at all', () => {
    const nothing: Environment = { project: { root: '/project' }, cores: 2, memoryBytes: 1e9 };
    expect(missingPytest(nothing)?.what).toBe('a Python interpreter');
    expect(() => pythonOf(nothing)).toThrow('Expected an interpreter');
  });
});

describe('missingPytest of an image', () => {
  const inImage = (pytest?: string, version = '3.11.2'): Environment => ({
    project: { root: '/project' },
    cores: 2,
    memoryBytes: 1e9,
    subject: {
      kind: 'image',
      endpoint: { kind: 'socket', path: '/var/run/docker.sock' },
      image: 'sha256:1',
      name: 'shop-tests',
      limits: {},
      python: { executable: '/bin/python', version, ...(pytest === undefined ? {} : { pytest }) },
    },
  });

  it.each(['6.2.5', '9.0.3', undefined])('is content with pytest %s', (pytest) => {
    expect(missingPytest(inImage(pytest))).toBeUndefined();
  });

  it.each([
    [
      'none',
      '3.11.2',
      'pytest in the image shop-tests: /bin/python has none',
      'RUN /bin/python -m pip install',
    ],
    [
      '5.4.3',
      '3.11.2',
      'pytest 6 or newer in the image shop-tests: /bin/python has 5.4.3',
      '--upgrade pytest',
    ],
    ['none', '3.7.1', 'CPython 3.8 or newer in the image shop-tests: /bin/python is 3.7.1', 'imagePython'],
  ])('says what is missing with pytest %s of Python %s, and how to get it', (pytest, version, what, how) => {
    const missing = missingPytest(inImage(pytest, version));
    expect(missing?.what).toBe(what);
    expect(missing?.how).toContain(how);
  });

  it('wants an interpreter in it', () => {
    const { subject } = inImage();
    const { python: _, ...without } = subject as Extract<Environment['subject'], { kind: 'image' }>;
    expect(missingPytest({ ...inImage(), subject: without })?.what).toBe(
      'a Python interpreter in the image shop-tests',
    );
  });
});
