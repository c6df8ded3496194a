import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ts } from 'ts-morph';
import { expect, test } from 'vitest';
import type { ImportGraph } from '../../src/model/import-graph.ts';
import { readImport } from '../../src/model/read-import.ts';
import { buildTypeScriptGraph } from '../../src/typescript/build-typescript-graph.ts';
import { emittedImports } from './emitted-imports.ts';
import { fixture } from './fixture.ts';

/** The imports that are left once types are erased, as `file specifier`, read from the source at the rows' positions. */
function executedImports(graph: ImportGraph): string[] {
  const rows = Array.from({ length: graph.imports.count }, (_, row) => readImport(graph, row));
  return rows
    .filter(({ kind }) => kind !== 'type-only')
    .map(({ from, line, column }) => {
      const text = readFileSync(join(graph.base, from.path), 'utf8').split('\n')[line - 1]!;
      return `${from.path} ${/^["'`]([^"'`]*)/.exec(text.slice(column - 1))?.[1]}`;
    })
    .sort();
}

/** With what the compiler emits for specifiers that lead to modules, which is all that a graph shows. */
async function compare(
  folder: string,
  config: string,
): Promise<{ readonly ours: string[]; readonly emitted: string[] }> {
  const graph = await buildTypeScriptGraph([folder]);
  const files = graph.modules.map(({ path }) => join(graph.base, path));
  const { options } = ts.getParsedCommandLineOfConfigFile(config, undefined, {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => expect.fail(String(messageText)),
  })!;
  const shown = /^\S+ (?:[.@]|~cart|logging)/;
  const isOwn = (each: string): boolean => shown.test(each) && !each.includes(' @seaworthy/');
  return {
    ours: executedImports(graph).filter(isOwn),
    emitted: emittedImports(graph.base, files, options).filter(isOwn),
  };
}

test.each(['aliases', 'erased', 'verbatim', 'values', 're-exports'])(
  'what is executed in %s is what the type-checking compiler emits',
  async (name) => {
    const { ours, emitted } = await compare(fixture(name), join(fixture(name), 'tsconfig.json'));
    expect(ours.length).toBeGreaterThan(2);
    expect(ours).toEqual(emitted);
  },
);

test('so it is in the sources of this folder', async () => {
  const root = join(import.meta.dirname, '../..');
  const { ours, emitted } = await compare(join(root, 'src/typescript'), join(root, 'tsconfig.lib.json'));
  const inFolder = (each: string): boolean => / \.\/[^/]+$/.test(each);
  expect(ours.filter(inFolder).length).toBeGreaterThan(20);
  expect(ours.filter(inFolder)).toEqual(emitted.filter(inFolder));
});
