import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Analyses the working folder through skott's API, since its command line goes on to list every cycle and does not end. */
const [modules = '', file = 'graph.json'] = process.argv.slice(2);
const entry = createRequire(join(modules, 'x.js')).resolve('skott');
const { default: skott } = (await import(pathToFileURL(entry).href)) as {
  default(options: object): Promise<{
    getStructure(): { readonly graph: Record<string, { readonly adjacentTo: readonly string[] }> };
  }>;
};
const found = await skott({ cwd: process.cwd(), tsConfigPath: 'tsconfig.json', incremental: false });
const graph = Object.entries(found.getStructure().graph).map(([name, node]) => [name, node.adjacentTo]);
writeFileSync(file, JSON.stringify(Object.fromEntries(graph)));
