import { expect, test } from 'vitest';
import { PhaseLine } from '../../src/progress/phase-line.ts';

function outputOf(
  isTTY: boolean,
  columns?: number,
): { readonly written: string[]; readonly phase: PhaseLine } {
  const written: string[] = [];
  return { written, phase: new PhaseLine({ isTTY, columns, write: (text) => void written.push(text) }) };
}

test('each phase takes the place of the one before, within one line, and the last is taken away', () => {
  const { written, phase } = outputOf(true, 10);
  phase.show('reading a very long name');
  phase.show('done');
  phase[Symbol.dispose]();
  phase[Symbol.dispose]();
  expect(written).toEqual(['\r\u001b[2Kreading a', '\r\u001b[2Kdone', '\r\u001b[2K']);
});

test('says nothing where no human watches', () => {
  const { written, phase } = outputOf(false);
  phase.show('reading');
  phase[Symbol.dispose]();
  expect(written).toEqual([]);
});
