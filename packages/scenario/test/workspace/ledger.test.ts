import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ledger, readLedger } from '../../src/workspace/ledger.ts';
import type { Undoable } from '../../src/workspace/workspace.ts';
import { temporaryFolder } from './running-tool.ts';

const folderOf = (number: number): Undoable => ({ kind: 'folder', path: `/tmp/seaworthy-run-${number}` });

test('what was added and not struck off is still to be undone, the latest first, whatever lines were cut off', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('add' as const) }),
    fc.record({ do: fc.constant('strike' as const), which: fc.nat() }),
    fc.record({
      do: fc.constant('tear' as const),
      text: fc.constantFrom('{"id":1,"owned":{"kind":"folder","pa', '{', '7', '"'),
    }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      using temporary = temporaryFolder();
      const ledger = new Ledger(temporary.path);
      const open: { id: number; undoable: Undoable }[] = [];
      let count = 0;
      for (const action of steps) {
        if (action.do === 'add') {
          const undoable = folderOf((count += 1));
          open.push({ id: ledger.add(undoable), undoable });
        } else if (action.do === 'tear') appendFileSync(join(temporary.path, 'ledger.jsonl'), action.text);
        else
          for (const { id } of open.splice(open.length === 0 ? 0 : action.which % open.length, 1))
            ledger.strikeOff(id);
      }
      expect(readLedger(temporary.path, 'run')).toEqual(open.map(({ undoable }) => undoable).reverse());
    }),
    { numRuns: 50 },
  );
});

test('what belongs to another run is not read', () => {
  using temporary = temporaryFolder();
  const ledger = new Ledger(temporary.path);
  for (const path of [
    '/tmp/seaworthy-run',
    '/tmp/seaworthy-run-a',
    '/tmp/seaworthy-runner',
    '/tmp/seaworthy-run/x',
    '/',
  ]) {
    ledger.add({ kind: 'folder', path });
  }
  expect(readLedger(temporary.path, 'run')).toEqual([
    { kind: 'folder', path: '/tmp/seaworthy-run-a' },
    { kind: 'folder', path: '/tmp/seaworthy-run' },
  ]);
  expect(readLedger(join(temporary.path, 'none'), 'run')).toEqual([]);
});
