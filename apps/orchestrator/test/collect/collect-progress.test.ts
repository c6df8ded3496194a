import { stripVTControlCharacters } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CollectProgress } from '../../src/collect/collect-progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function progressOn(isTTY: boolean) {
  const written: string[] = [];
  const stderr = {
    write: (text: string) => void written.push(text),
    isTTY,
    columns: isTTY ? 120 : undefined,
  };
  const progress = new CollectProgress('/p', { stderr, env: {} }, 'starting pytest');
  return { progress, text: () => stripVTControlCharacters(written.join('')), written };
}

const run = {
  elapsedMs: 3_400,
  at: { phase: 'collect', path: '/p/tests/test_a.py', atMs: 3_000 },
  files: 12,
  items: 340,
  memoryBytes: 80 * 2 ** 20,
} as const;

test('on a terminal it is drawn twice a second, and gone at the end', () => {
  const { progress, text, written } = progressOn(true);
  vi.advanceTimersByTime(500);
  expect(text()).toContain('starting pytest\n');
  progress.ofProfile({ step: 'cold', text: 'collecting without bytecode', run });
  vi.advanceTimersByTime(500);
  expect(text()).toMatch(
    /collecting without bytecode: 340 tests in 12 files, [\d.]+ M\S+, 3 s, at tests\/test_a\.py\n/,
  );
  progress[Symbol.dispose]();
  expect(written.at(-1)).toBe('\u001b[1A\r\u001b[J');
});

test('one is one, and a beginning has no 0 ms', () => {
  const { progress, text } = progressOn(true);
  const begun = { ...run, elapsedMs: 0, files: 1, items: 1, memoryBytes: 0 };
  progress.ofProfile({ step: 'cold', text: 'collecting', run: begun });
  vi.advanceTimersByTime(500);
  expect(text()).toMatch(/collecting: 1 test in 1 file, .*, less than a second, at/);
  progress[Symbol.dispose]();
});

test('elsewhere it is a sign of life every 10 s', () => {
  const { progress, text } = progressOn(false);
  progress.ofProfile({ step: 'plugins', text: 'collecting without\u001b[31m x', done: 2, of: 6 });
  vi.advanceTimersByTime(9_900);
  expect(text()).toBe('');
  vi.advanceTimersByTime(200);
  expect(text()).toMatch(/^ {2}collecting without.* x \(2 of 6\)\n$/);
  progress.ofComparison({ side: 'main', state: 'warm-up', pairs: 0, elapsedMs: 12_000 });
  vi.advanceTimersByTime(10_000);
  progress.ofComparison({ side: 'main', state: 'cold', pairs: 3, elapsedMs: 22_000 });
  vi.advanceTimersByTime(10_000);
  expect(text().split('\n').slice(1)).toEqual([
    '  comparing: main, warming up, 12 s',
    '  comparing: main, cold, 3 pairs done, 22 s',
    '',
  ]);
  progress[Symbol.dispose]();
  vi.advanceTimersByTime(60_000);
  expect(text().split('\n')).toHaveLength(4);
});
