import { expect, test } from 'vitest';
import type { PhaseRecord } from '../../src/model/recording.ts';
import { accountSpans } from '../../src/outcome/account-spans.ts';
import { bytecodeState } from '../../src/outcome/bytecode-state.ts';

function phase(name: PhaseRecord['name'], atMs: number, wallMs: number): PhaseRecord {
  return { name, atMs, wallMs, cpuMs: 0, memoryBytes: 0 };
}

test('the whole time is accounted for, without gaps', () => {
  expect(accountSpans([phase('start-up', 0, 10), phase('import', 12, 30), phase('exit', 50, 5)], 60)).toEqual(
    [
      { name: 'start-up', fromMs: 0, toMs: 12 },
      { name: 'import', fromMs: 12, toMs: 50 },
      { name: 'exit', fromMs: 50, toMs: 55 },
      { name: 'teardown', fromMs: 55, toMs: 60 },
    ],
  );
});

test('nothing lies outside, even where clocks disagree', () => {
  expect(accountSpans([phase('start-up', 0, 10), phase('import', 61, 5)], 60)).toEqual([
    { name: 'start-up', fromMs: 0, toMs: 60 },
  ]);
});

test('a process that told nothing', () => {
  expect(accountSpans([], 60)).toEqual([{ name: 'start-up', fromMs: 0, toMs: 60 }]);
});

test('bytecode is warm, cold or mixed as it was found, and unknown without any source', () => {
  const source = (hit: boolean) => ({ path: '', hit, written: false, rewriteMs: 0, execMs: 0 });
  expect(bytecodeState([])).toBe('unknown');
  expect(bytecodeState([source(true), source(true)])).toBe('warm');
  expect(bytecodeState([source(false)])).toBe('cold');
  expect(bytecodeState([source(false), source(true)])).toBe('mixed');
});
