import type { MeasureContext } from '@seaworthy/scenario';
import type { ImportGraph } from '../../model/import-graph.ts';
import { readReference } from '../interpreter/read-reference.ts';
import { seededRandom } from '../statistics/seeded-random.ts';
import type { ProjectComparison } from './project-observation.ts';

const LISTED = 50;

/** CPython parses some hundred files a second. */
const MOST_ALWAYS = 1000;

/**
 * Lets CPython's own parser read some files of the project and looks for imports that the analysis does not have. Only
 * imports of modules of the project count. No code of the project is executed.
 *
 * @param always modules that are read in any case, the first thousand of them; `files` others are drawn by the run's seed
 */
export async function compareWithCPython(
  graph: ImportGraph,
  { always, files }: { readonly always: ReadonlySet<string>; readonly files: number },
  context: MeasureContext,
): Promise<ProjectComparison> {
  // A stub is not what CPython would read, and nested checkouts may hold two modules of one name.
  const modules = graph.modules.filter((module) => module.path.endsWith('.py'));
  const byName = new Map(modules.map((module) => [module.name, module]));
  const read = [
    ...[...always].flatMap((name) => byName.get(name) ?? []).slice(0, MOST_ALWAYS),
    ...draw(
      modules.filter((module) => !always.has(module.name)),
      files,
      context.seed,
    ),
  ];
  const reference = await readReference(context, {
    base: graph.base,
    modules: graph.modules.map(({ name, path, isPackage }) => ({ name, path, isPackage })),
    read: read.map((module) => module.name),
  });
  const pathOf = new Map(graph.modules.map((module) => [module.name, module.path]));
  const known = knownImports(graph);
  const missed = reference.imports.filter(([from, to, line]) => !known.has(`${from}\0${to}\0${line}`));
  return {
    files: read.length - reference.unparsed.length,
    imports: reference.imports.length,
    missed: missed
      .slice(0, LISTED)
      .map(([from, to, line]) => `${pathOf.get(from) ?? from}:${line} imports ${to}`),
    missedCount: missed.length,
  };
}

function knownImports({ imports, modules }: ImportGraph): ReadonlySet<string> {
  const known = new Set<string>();
  for (let row = 0; row < imports.count; row++) {
    const from = modules[imports.from[row] ?? 0]?.name;
    const to = modules[imports.to[row] ?? 0]?.name;
    known.add(`${from}\0${to}\0${imports.statementLine[row]}`);
  }
  return known;
}

/** Some of a list, by the seed (Durstenfeld's version of the Fisher-Yates shuffle, 1964, stopped early). */
function draw<Item>(items: readonly Item[], count: number, seed: number): readonly Item[] {
  const random = seededRandom(seed);
  const pool = [...items];
  const drawn = Math.min(count, pool.length);
  for (let i = 0; i < drawn; i++) {
    const j = i + Math.floor(random() * (pool.length - i));
    const [here, there] = [pool[i], pool[j]];
    if (here !== undefined && there !== undefined) {
      pool[i] = there;
      pool[j] = here;
    }
  }
  return pool.slice(0, drawn);
}
