import { openWorkspace } from '@seaworthy/scenario';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateTree } from '../../../src/trees/generate-tree.ts';
import { importInOrder } from '../../../src/scenarios/circular-imports/import-in-order.ts';
import type { ImportFailure } from '../../../src/scenarios/circular-imports/import-in-order.ts';
import { planKnots } from '../../../src/trees/kinds/circular/plan-knots.ts';
import type { CircularTree } from '../../../src/index.ts';
import { environmentWithPytest } from '../environment-with-pytest.ts';

const signal = new AbortController().signal;
const environment = environmentWithPytest(8, '/');

/** What CPython says of some files, written into a folder. */
async function importFiles(files: Readonly<Record<string, string>>, order = Object.keys(files)) {
  await using workspace = await openWorkspace();
  const root = await workspace.makeFolder('modules');
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(root, path, '..'), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return await importInOrder(root, order, { workspace, signal, environment });
}

const types = (failures: readonly ImportFailure[]) => failures.map((failure) => failure?.type ?? null);

describe('importInOrder', () => {
  it('tells what each import dies of', async () => {
    const { inOrder, alone } = await importFiles({
      'fine.py': 'print("to standard output")\n',
      'below/broken.py': 'raise ValueError("as it is")\n',
      'unparsed.py': 'def :\n',
    });
    expect(types(inOrder)).toEqual([null, 'ValueError', 'SyntaxError']);
    expect(alone).toEqual(inOrder);
    expect(alone[1]).toEqual({ type: 'ValueError', message: 'as it is' });
  });

  it('knows that the order counts', async () => {
    const files = { 'a.py': 'from b import B\nA = 1\n', 'b.py': 'import a\nB = 1\n' };
    const first = await importFiles(files);
    expect([types(first.inOrder), types(first.alone)]).toEqual([
      [null, null],
      [null, 'ImportError'],
    ]);
    const turned = await importFiles(files, ['b.py', 'a.py']);
    expect([types(turned.inOrder), types(turned.alone)]).toEqual([
      ['ImportError', null],
      ['ImportError', null],
    ]);
  });

  it('says so where a module ends the interpreter', async () => {
    const { inOrder, alone } = await importFiles({
      'a.py': '',
      'b.py': 'import os\nos.kill(os.getpid(), 9)\n',
    });
    expect(types(alone)).toEqual([null, 'no answer']);
    expect(inOrder[0]).toEqual({ type: 'no answer', message: 'wait status 9' });
  });

  it.each(['harmless', 'crashing', 'mixed'] as const)(
    'agrees with how %s trees are built',
    async (imports) => {
      await using workspace = await openWorkspace();
      for (const [modules, seed] of [
        [6, 0],
        [20, 1],
        [43, 2],
      ] as const) {
        const spec: CircularTree = { kind: 'circular', modules, imports, seed };
        const { root } = await generateTree(spec, { cacheFolder: workspace.folder });
        const ports = planKnots(spec);
        const paths = ports.map(({ name }) => `ports/${name}.py`);
        const found = await importInOrder(root, paths, { workspace, signal, environment });
        const crash = (is: boolean) => (is ? 'ImportError' : null);
        expect(types(found.inOrder)).toEqual(ports.map(({ knot }) => crash(knot === 'crashing')));
        const isFirst = (place: number) => ports[place - 1]?.knot !== ports[place]?.knot;
        expect(types(found.alone)).toEqual(
          ports.map(({ knot }, place) =>
            crash(knot === 'crashing' || (knot === 'one-way' && !isFirst(place))),
          ),
        );
      }
    },
  );

  it('ends what it started when it is cut off', async () => {
    await using workspace = await openWorkspace();
    const root = await workspace.makeFolder('modules');
    await writeFile(
      join(root, 'a.py'),
      `open(${JSON.stringify(join(root, 'begun'))}, "w")\nimport time\ntime.sleep(600)\n`,
    );
    const cut = new AbortController();
    const asked = importInOrder(root, ['a.py'], { workspace, signal: cut.signal, environment });
    const { existsSync } = await import('node:fs');
    while (!existsSync(join(root, 'begun'))) await new Promise((resolve) => setTimeout(resolve, 5));
    cut.abort(new Error('cut off'));
    await expect(asked).rejects.toThrow('cut off');
  });
});
