import { writeFileSync } from 'node:fs';
import { digraphOf } from '../../../src/graph/digraph.ts';
import { knotsOf } from '../../../src/graph/components.ts';
import { readImport } from '../../../src/model/read-import.ts';
import { buildTypeScriptGraph } from '../../../src/typescript/build-typescript-graph.ts';

/** Analyses the working folder: the graph, and the knots of both of its views. */
const [file = 'graph.json'] = process.argv.slice(2);
const graph = await buildTypeScriptGraph(['.']);
for (const view of ['all', 'import-time'] as const) knotsOf(digraphOf(graph, view));

const modules = graph.modules.map(({ path }) => path);
const rows = Array.from({ length: graph.imports.count }, (_, row) => readImport(graph, row));
const pair = ({ from, to }: (typeof rows)[number]): [string, string] => [from.path, to.path];
const executed = rows.filter(({ kind }) => kind !== 'type-only');
writeFileSync(
  file,
  JSON.stringify({
    all: { modules, imports: rows.map(pair) },
    executed: { modules, imports: executed.map(pair) },
  }),
);
