import { execFileSync, spawnSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pythonProgram } from '../../../src/package-folder.ts';
import type { Answer, Question } from '../../../src/profile/elsewhere/answer.ts';
import { findPythons } from '../../interpreters/pythons.ts';
import { recordedProc as folderOf } from '../machine/recorded-proc.ts';

const NOTHING = {
  stat: [],
  many: 1e9,
  real: [],
  writable: [],
  exist: [],
  list: [],
  walk: [],
  skip: [],
  texts: [],
};

test.each(findPythons())('looks around with Python 3.$minor', ({ python: executable }) => {
  const root = folderOf({
    'tests/test_a.py': 'x = 1\n',
    'data/rows/1.csv': '',
    'node_modules/left-pad/index.js': '',
    '.git/config': '',
  });
  symlinkSync(join(root, 'data'), join(root, 'link'));
  const question: Question = {
    ...NOTHING,
    python: executable,
    shm: '/dev/shm',
    stat: Array.from({ length: 6 }, () => join(root, 'tests')),
    many: 1,
    real: [join(root, 'link'), join(root, 'none')],
    writable: [root, join(root, 'none')],
    exist: [root, join(root, 'none')],
    walk: [root],
    skip: ['node_modules'],
    texts: [join(root, 'tests/test_a.py'), join(root, 'none')],
  };
  const { stdout, stderr, status } = spawnSync(executable, ['-I', '-S', pythonProgram('look_around.py')], {
    input: JSON.stringify(question),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const answer = JSON.parse(stdout) as Answer;
  expect(answer.machine.limits).toContain('Max open files');
  expect(answer.machine.mountinfo).toContain(' / ');
  expect(Buffer.from(answer.machine.program ?? '', 'base64').toString('latin1', 1, 4)).toBe('ELF');
  expect(answer.machine.statMicroseconds).toHaveLength(6);
  expect(answer.machine.spawnMs).toBeGreaterThanOrEqual(0);
  const kilobytes = execFileSync('df', ['-k', '--output=size', '/dev/shm'], { encoding: 'utf8' }).split(
    '\n',
  )[1];
  expect(answer.machine.sharedMemoryBytes).toBe(Number(kilobytes) * 1024);
  expect(answer.real).toEqual({ [join(root, 'link')]: join(root, 'data') });
  expect(answer.unwritable).toEqual([join(root, 'none')]);
  expect(answer.exist).toEqual([root]);
  expect(Object.keys(answer.listings).sort()).toEqual(
    ['', 'data', 'data/rows', 'tests'].map((path) => (path === '' ? root : join(root, path))).sort(),
  );
  expect(answer.listings[root]?.others).toEqual(['link']);
  expect(answer.texts).toEqual({ [join(root, 'tests/test_a.py')]: 'x = 1\n' });
});

test('a path that is no UTF-8 is answered as well', () => {
  const root = folderOf({ 'a.py': '' });
  execFileSync('python3', [
    '-c',
    `import os; open(os.fsencode(${JSON.stringify(root)}) + b"/\\xff.py", "w")`,
  ]);
  const { stdout, stderr } = spawnSync('python3', ['-I', '-S', pythonProgram('look_around.py')], {
    input: JSON.stringify({ ...NOTHING, python: 'x', shm: '/nowhere', list: [root] }),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect((JSON.parse(stdout) as Answer).listings[root]?.others).toHaveLength(2);
});
