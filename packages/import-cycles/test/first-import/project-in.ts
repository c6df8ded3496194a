import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildImportGraph } from '../../src/build-import-graph.ts';
import type { ImportGraph } from '../../src/model/import-graph.ts';

/** Writes files into a folder and reads them as a project. */
export async function projectIn(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<ImportGraph> {
  for (const [path, source] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  return buildImportGraph(folder, { language: 'python', base: folder });
}

export function indexOf(graph: ImportGraph, name: string): number {
  const index = graph.modules.findIndex((module) => module.name === name);
  if (index < 0)
    throw new Error(`no module ${name} in ${graph.modules.map((module) => module.name).join(', ')}`);
  return index;
}
