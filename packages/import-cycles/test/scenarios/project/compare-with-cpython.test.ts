import { openWorkspace } from '@seaworthy/scenario';
import { expect, it } from 'vitest';
import { buildImportGraph } from '../../../src/build-import-graph.ts';
import { ImportTableBuilder } from '../../../src/model/import-table-builder.ts';
import { compareWithCPython } from '../../../src/scenarios/project/compare-with-cpython.ts';
import { environmentOf } from '../environment-of.ts';
import { temporaryProject } from '../temporary-project.ts';

const FILES = {
  'ship/__init__.py': 'from . import hull, _fast\nfrom .hull import *\n',
  'ship/_fast.cpython-311-x86_64-linux-gnu.so': '',
  'ship/hull.py':
    '"""import ship.deck"""\nfrom typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from ship.deck import Deck\n\n\ndef f():\n    from .deck import (\n        Deck,\n        Rail as R,\n    )\n',
  'ship/deck.py': 'import os, ship.hull as hull\nclass A:\n    from ship import hull as inner\n',
  'ship/old.py': 'print "import ship.deck"\n',
};

async function compare(keepImports: boolean) {
  await using project = await temporaryProject(FILES);
  await using workspace = await openWorkspace();
  const graph = await buildImportGraph([project.root], { language: 'python', base: project.root });
  const seen = keepImports ? graph : { ...graph, imports: new ImportTableBuilder().build() };
  return await compareWithCPython(
    seen,
    { always: new Set(['ship.deck']), files: 10 },
    {
      environment: environmentOf(project.root),
      workspace,
      signal: new AbortController().signal,
      seed: 0,
      progress: () => undefined,
    },
  );
}

it('misses nothing that CPython sees, and counts only files that CPython can parse', async () => {
  expect(await compare(true)).toEqual({ files: 3, imports: 7, missed: [], missedCount: 0 });
});

it('lists what an analysis misses, with file and line', async () => {
  const { missed, missedCount } = await compare(false);
  expect(missedCount).toBe(7);
  expect(missed).toContain('ship/hull.py:8 imports ship.deck');
  expect(missed).toContain('ship/deck.py:1 imports ship.hull');
});
