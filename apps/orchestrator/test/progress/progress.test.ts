import { stripVTControlCharacters } from 'node:util';
import type { ScenarioResult } from '@seaworthy/scenario';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showProgress } from '../../src/progress/progress.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const result: ScenarioResult = {
  id: 'imports/leak',
  title: '',
  verdict: 'passed',
  findings: [],
  reasons: [],
  limits: {},
  limitSources: {},
  metrics: [],
  startedAt: '',
  durationMs: 21_000,
};

function progressOn(isTTY: boolean, columns = 60) {
  const written: string[] = [];
  const output = {
    write: (text: string) => void written.push(text),
    isTTY,
    columns: isTTY ? columns : undefined,
  };
  const style = { color: false, width: 80, live: isTTY };
  const progress = showProgress({ output, style, total: 2, now: () => new Date(Date.now()) });
  return { progress, text: () => written.join(''), written };
}

test('a log has a line for each finished scenario, and a sign of life in a long silence', () => {
  const { progress, text } = progressOn(false);
  progress.onEvent({ kind: 'started', id: 'imports/leak' });
  progress.onEvent({ kind: 'progress', id: 'imports/leak', message: 'round 3\nof 20' });
  vi.advanceTimersByTime(9_900);
  expect(text()).toBe('');
  vi.advanceTimersByTime(10_200);
  expect(text()).toBe(
    '  0/2 imports/leak running for 10 s: round 3\\nof 20\n  0/2 imports/leak running for 20 s: round 3\\nof 20\n',
  );
  progress.onEvent({ kind: 'finished', result });
  expect(text()).toMatch(/\nok {6}imports\/leak +21 s\n$/);
  progress[Symbol.dispose]();
  vi.advanceTimersByTime(60_000);
  expect(text()).toMatch(/21 s\n$/);
});

test('on a terminal finished lines stay, and the rest is drawn over', () => {
  const { progress, written } = progressOn(true, 40);
  progress.onEvent({ kind: 'started', id: 'imports/leak' });
  progress.onEvent({ kind: 'progress', id: 'imports/leak', message: 'x'.repeat(100) });
  vi.advanceTimersByTime(1_000);
  const [first = '', second = ''] = written;
  expect(first.trimEnd().length).toBeLessThan(40);
  expect(second.startsWith('\u001b[1A\r\u001b[J')).toBe(true);
  progress.onEvent({ kind: 'finished', result });
  expect(stripVTControlCharacters(written.at(-1) ?? '').trim()).toMatch(/^ok +imports\/leak +21 s$/);
  progress[Symbol.dispose]();
});
