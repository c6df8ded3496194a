import { analyseImports } from '../../report/analyse-imports.ts';
import { buildImportGraph } from '../../build-import-graph.ts';
import type { Found, Search } from './finder.ts';

/** The analysis that this package gives to its users: the thing that these scenarios check. */
export async function findCycles({ roots, build, analyse }: Search): Promise<Found> {
  const graph = await buildImportGraph(roots, build);
  return { graph, report: await analyseImports(graph, analyse) };
}
