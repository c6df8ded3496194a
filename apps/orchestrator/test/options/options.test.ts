import { expect, test } from 'vitest';
import { choose } from '../../src/options/choose.ts';
import { limitOption } from '../../src/options/limit-option.ts';
import { duration, wholeNumber } from '../../src/options/numbers.ts';
import { styleFor } from '../../src/options/style.ts';

test.each([
  ['90', 90_000],
  ['90s', 90_000],
  ['1500ms', 1500],
  ['5m', 300_000],
  ['1.5h', 5_400_000],
])('a span of time %s', (text, ms) => {
  expect(duration('--deadline', text)).toBe(ms);
});

test('the longest span of time', () => {
  expect(duration('--timeout', '576h')).toBe(2_073_600_000);
});

test.each(['576.1h', '600h', '2073601', `${'9'.repeat(400)}s`])('too long a span of time: %s', (text) => {
  expect(() => duration('--timeout', text)).toThrow(/--timeout takes at most 24 days \(576h\), got "/);
});

test.each(['0', '-1s', '', '5 weeks', 'NaN', '1e3'])('no span of time: %j', (text) => {
  expect(() => duration('--deadline', text)).toThrow(/--deadline takes a span of time/);
});

test.each(['', '1.5', 'x', '1e3', '0x10', '-1', '11'])('not from 0 to 10: %j', (text) => {
  expect(() => wholeNumber('--n', text, 0, 10)).toThrow(/--n takes a whole number from 0 to 10/);
});

test('a limit is taken apart', () => {
  expect(limitOption('imports/project.maxCycles=30')).toEqual({
    id: 'imports/project',
    name: 'maxCycles',
    value: 30,
  });
});

test.each(['', 'imports/project=3', 'imports/project.maxCycles', 'a.b=', 'a.b=x', 'a.b=NaN', 'a.b=Infinity'])(
  'no limit: %j',
  (text) => {
    expect(() => limitOption(text)).toThrow(/--limit/);
  },
);

test('the nearest name is offered', () => {
  expect(() => choose('report format', 'junti', ['json', 'junit'])).toThrow(/Did you mean "junit"\?/);
});

const stream = (isTTY: boolean) => ({ write: () => {}, isTTY, columns: isTTY ? 120 : undefined });

test.each<[Record<string, string>, boolean, boolean | undefined, boolean]>([
  [{}, true, undefined, true],
  [{}, false, undefined, false],
  [{ NO_COLOR: '1' }, true, undefined, false],
  [{ NO_COLOR: '' }, true, undefined, true],
  [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, undefined, false],
  [{ FORCE_COLOR: '1' }, false, undefined, true],
  [{ FORCE_COLOR: '0' }, true, undefined, false],
  [{ TERM: 'dumb' }, true, undefined, false],
  [{ NO_COLOR: '1' }, false, true, true],
  [{ FORCE_COLOR: '1' }, true, false, false],
])('colours with %j, terminal %s, flag %s: %s', (env, isTTY, flag, color) => {
  expect(styleFor(stream(isTTY), { env }, flag).color).toBe(color);
});
