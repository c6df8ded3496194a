import { expect, test } from 'vitest';
import type { PluginCost } from '../../src/model/collection-profile.ts';
import { chooseTrials } from '../../src/profile/choose-trials.ts';
import { differenceInterval } from '../../src/profile/difference-interval.ts';
import { savedTime } from '../../src/profile/verify-plugins.ts';
import { shellCommand } from '../../src/profile/shell-command.ts';

const plugin = (name: string, origin: PluginCost['origin'], importMs: number): PluginCost => ({
  name,
  origin,
  importMs,
  memoryBytes: 0,
  hooks: [],
});

test('only what was installed and is dear is tried, and the end of the session where it is slow', () => {
  const plugins = [
    plugin('assertion', 'builtin', 90),
    plugin('big', 'entry-point', 80),
    plugin('conftest.py', 'conftest', 70),
    plugin('named', 'command-line', 60),
    plugin('second', 'entry-point', 20),
    plugin('third', 'entry-point', 19),
  ];
  expect(chooseTrials(plugins, 3, false).map(({ without }) => without)).toEqual([['big'], ['second']]);
  expect(chooseTrials(plugins, 1, true).map(({ without }) => without)).toEqual([
    ['big'],
    ['unraisableexception', 'threadexception'],
  ]);
  expect(chooseTrials([], 3, false)).toEqual([]);
});

test('an interval of differences is finite with any number of them', () => {
  expect(differenceInterval([10, 11, 12, 13, 14, 15])).toEqual({ value: 12.5, low: 10, high: 15 });
  const three = differenceInterval([10, 11, 12]);
  expect(three.value).toBe(11);
  // Student's 0.975 quantile with two degrees of freedom is 4.3027.
  expect(three.high - three.value).toBeCloseTo(4.3027 / Math.sqrt(3), 3);
  expect(differenceInterval([-5])).toEqual({ value: -5, low: -10, high: 10 });
});

test('the command can be typed into a shell', () => {
  const python = '/usr/bin/python3';
  expect(shellCommand({ root: '/a', python, args: ['tests', '-k', "not it's slow"] })).toBe(
    `pytest --collect-only tests -k 'not it'\\''s slow'`,
  );
  expect(shellCommand({ root: '/a', python, pipe: 'tail -3' })).toBe('pytest --collect-only | tail -3');
  expect(
    shellCommand({ root: '/a', python, invocation: 'python -m pytest', env: { A: '1 2', B: undefined } }),
  ).toBe(`env -u B A='1 2' /usr/bin/python3 -m pytest --collect-only`);
});

test('on a busy machine CPU time decides, unless wall time contradicts it', () => {
  const steady = [100, 101, 102, 103, 104, 105];
  const noisy = [-900, 400, 1200, -300, 700, 90];
  expect(savedTime(noisy, steady)).toMatchObject({ by: 'cpu', savedMs: 102.5, lowMs: 100, highMs: 105 });
  expect(savedTime(steady, noisy)).toMatchObject({ by: 'wall', savedMs: 102.5 });
  // It waits: the processor knows nothing of it.
  expect(savedTime([480, 490, 500, 510, 520, 530], [1, 1, 1, 2, 2, 2])).toMatchObject({
    by: 'wall',
    savedMs: 505,
  });
});
