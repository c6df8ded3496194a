import { expect, test } from 'vitest';
import { keeperCommand } from '../../src/keeper/keeper-command.ts';
import { escapePath } from '../../src/keeper/keeper-line.ts';

/** Linux takes no argument that is longer. */
const LONGEST_ARGUMENT = 131_072;

test('the Python keeper needs nothing but an interpreter, and its text fits into an argument', () => {
  const { command, mount } = keeperCommand('python', {
    python: '/opt/python',
    deadlineMs: 1500,
    cgroupFolders: ['/a', '/b'],
  });
  expect([command[0], command[1], mount]).toEqual(['/opt/python', '-I', undefined]);
  expect(command.slice(-6)).toEqual(['--deadline', '1.5', '--cgroup', '/a', '--cgroup', '/b']);
  expect(Math.max(...command.map((word) => Buffer.byteLength(word)))).toBeLessThan(LONGEST_ARGUMENT / 2);
});

test('the native keeper is a file to be mounted', () => {
  const { command, mount } = keeperCommand('native', { nativePath: '/in/there' });
  expect(command[0]).toBe('/in/there');
  expect(mount).toMatchObject({
    to: '/in/there',
    from: expect.stringMatching(/native\/dist\/keeper-linux-/) as string,
  });
});

test('a path is one word of ASCII', () => {
  expect(escapePath('/a b/é%\n"')).toBe('/a%20b/%C3%A9%25%0A%22');
  expect(escapePath('/plain-path_1.txt')).toBe('/plain-path_1.txt');
});
