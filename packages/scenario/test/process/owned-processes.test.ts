import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findOwned } from '../../src/process/owned-processes.ts';
import type { ProcessEntry } from '../../src/process/process-table.ts';

/** A forest: each process has a parent of a lower number. */
const tables = fc
  .array(fc.record({ parent: fc.nat(), group: fc.integer({ min: 2, max: 6 }), marked: fc.boolean() }), {
    maxLength: 40,
  })
  .map((rows) =>
    rows.map(({ parent, group, marked }, index): ProcessEntry => ({
      pid: index + 1_000_000,
      parent: index === 0 ? 1 : 1_000_000 + (parent % index),
      group,
      startTime: '1',
      zombie: false,
      marks: () => (marked ? ['other', 'mine'] : ['mine/1', 'minus']),
    })),
  );

test('owned are exactly the marked, the members of known groups, and the descendants of owned ones', () => {
  fc.assert(
    fc.property(tables, fc.uniqueArray(fc.integer({ min: 2, max: 6 }), { maxLength: 1 }), (table, groups) => {
      const ownership = { mark: 'mine', groups: new Set(groups) };
      const owned = findOwned(table, ownership).map((entry) => entry.pid);
      expect(new Set(owned).size).toBe(owned.length);
      for (const entry of table) {
        const itself = entry.marks().includes('mine') || groups.includes(entry.group);
        expect(owned.includes(entry.pid)).toBe(itself || owned.includes(entry.parent));
      }
    }),
  );
});

test('never this process, whatever it carries, but its children that are owned', () => {
  const entry = (pid: number, parent: number, mark: string): ProcessEntry => ({
    pid,
    parent,
    group: 5,
    startTime: '1',
    zombie: false,
    marks: () => [mark],
  });
  const table = [
    entry(process.pid, 1, 'mine'),
    entry(7, process.pid, 'mine'),
    entry(8, process.pid, 'other'),
  ];
  expect(findOwned(table, { mark: 'mine', groups: new Set() }).map(({ pid }) => pid)).toEqual([7]);
});
