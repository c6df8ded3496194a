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

test('containers are undone only by a plain name of the run, at an engine that can be one', () => {
  using temporary = temporaryFolder();
  const ledger = new Ledger(temporary.path);
  const socket = { kind: 'socket', path: '/run/engine.sock' } as const;
  const tcp = { kind: 'tcp', host: 'builder', port: 2376, tls: { ca: '/ca.pem' } } as const;
  const good: Undoable[] = [
    { kind: 'container', endpoint: socket, name: 'seaworthy-run-a-1' },
    { kind: 'container', endpoint: tcp, name: 'seaworthy-run-b-2' },
  ];
  const bad = [
    { kind: 'container', endpoint: socket, name: 'seaworthy-run' },
    { kind: 'container', endpoint: socket, name: 'seaworthy-runner-1' },
    { kind: 'container', endpoint: socket, name: 'seaworthy-run-/../../images' },
    { kind: 'container', endpoint: socket, name: 'shop-db-1' },
    { kind: 'container', endpoint: socket, name: 7 },
    { kind: 'container', endpoint: { kind: 'socket' }, name: 'seaworthy-run-a-1' },
    { kind: 'container', endpoint: { kind: 'tcp', host: 'x', port: 'y' }, name: 'seaworthy-run-a-1' },
    { kind: 'container', endpoint: null, name: 'seaworthy-run-a-1' },
  ] as unknown as Undoable[];
  for (const undoable of [...good, ...bad]) ledger.add(undoable);
  expect(readLedger(temporary.path, 'run')).toEqual(good.toReversed());
});
