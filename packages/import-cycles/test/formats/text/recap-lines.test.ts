import { expect, it } from 'vitest';
import { painter } from '../../../src/formats/text/paint.ts';
import { recapLines } from '../../../src/formats/text/recap-lines.ts';
import type { ImportReport } from '../../../src/report/import-report.ts';
import { reportOf } from '../sample-report.ts';

const recap = (report: ImportReport): string => recapLines(report, painter(false), 200).join('\n');

it('counts cycles as the thresholds do: those of knots that are not accepted', async () => {
  const report = await reportOf([
    ['a', 'b'],
    ['b', 'a'],
    ['b', 'c'],
    ['c', 'a'],
    ['x', 'y'],
    ['y', 'x'],
  ]);
  expect(recap(report)).toBe('✗ 2 knots of 5 modules; 3 import cycles; 2 imports to move');
  const [first, second] = report.knots;
  const part = { ...report, knots: [first!, { ...second!, accepted: true }] };
  expect(recap(part)).toBe(
    '✗ 2 knots of 5 modules (1 accepted); 2 import cycles not accepted; 2 imports to move',
  );
  const cut = { ...first!, cycles: { list: first!.cycles.list, complete: false } };
  expect(recap({ ...report, knots: [cut] })).toContain('; at least 2 import cycles; ');
  const all = report.knots.map((knot) => ({ ...knot, accepted: true }));
  expect(recap({ ...report, knots: all })).toBe('✓ 2 knots of 5 modules (2 accepted); 2 imports to move');
});

it('claims nothing of files that could not be read', async () => {
  const report = await reportOf([['a', 'b']]);
  const problem = (kind: 'unreadable' | 'syntax-error', path: string) => ({ kind, path, message: 'm' });
  expect(
    recap({ ...report, problems: [problem('unreadable', 'a.py'), problem('syntax-error', 'b.py')] }),
  ).toBe('✓ No import cycles among the 1 module that could be read; 1 file could not');
  expect(recap({ ...report, problems: [problem('unreadable', 'a.py'), problem('unreadable', 'lib')] })).toBe(
    '✓ No import cycles among the 1 module that could be read; 2 paths could not',
  );
  expect(recap({ ...report, problems: [problem('syntax-error', 'b.py')] })).toBe(
    '✓ No import cycles among 2 modules',
  );
});
