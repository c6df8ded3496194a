import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readImport } from '../../src/model/read-import.ts';
import type { ImportGraph } from '../../src/model/import-graph.ts';
import { buildTypeScriptGraph } from '../../src/typescript/build-typescript-graph.ts';
import type { TypeScriptBuildOptions } from '../../src/typescript/build-typescript-graph.ts';

/** Absolute path of a fixture project. */
export function fixture(name: string): string {
  return join(import.meta.dirname, '../fixtures/typescript', name);
}

export function graphOf(name: string, options?: TypeScriptBuildOptions): Promise<ImportGraph> {
  return buildTypeScriptGraph([fixture(name)], options);
}

/** Every import as `from -> to kind`, in the order of the table. */
export function edgesOf(graph: ImportGraph): string[] {
  return Array.from({ length: graph.imports.count }, (_, row) => {
    const { from, to, kind } = readImport(graph, row);
    return `${from.name} -> ${to.name} ${kind}`;
  });
}

/** A copy of a fixture that a test may change (links, folders that git does not keep), gone at the end of the scope. */
export async function copyOf(name: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'seaworthy-typescript-')));
  await cp(fixture(name), path, { recursive: true });
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
