import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ImportGraph } from '../../../src/model/import-graph.ts';
import type { GeneratedProject } from './generate-project.ts';

/** Writes a generated project into a folder and gives the graph that the prediction needs of it: its modules alone. */
export function writeProject(project: GeneratedProject, folder: string): ImportGraph {
  for (const { path, source } of project.modules) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, source);
  }
  const none = new Int32Array(0);
  return {
    language: 'python',
    base: folder,
    roots: ['.'],
    modules: project.modules.map(({ name, path, isPackage }) => ({ name, path, isPackage, parent: -1 })),
    imports: {
      count: 0,
      from: none,
      to: none,
      line: none,
      column: none,
      statementLine: none,
      kind: new Uint8Array(0),
      form: new Uint8Array(0),
    },
    external: new Map(),
    problems: [],
    ignoreComments: [],
  };
}
