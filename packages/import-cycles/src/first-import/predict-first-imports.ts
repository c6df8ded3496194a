import { relative, sep } from 'node:path';
import type { ImportGraph } from '../model/import-graph.ts';
import type { FirstImport } from '../report/import-report.ts';
import { FirstImports, type Outcome } from './first-imports.ts';
import { importChain } from './import-chain.ts';
import { ProjectModules } from './project/project-modules.ts';

/** How to predict first imports. */
export interface PredictOptions {
  /** Version of CPython to follow, such as `[3, 11]` (the default); 3.8 is the oldest. */
  readonly python?: readonly [major: 3, minor: number];
  /** `sys.platform` of that Python; `linux` by default. */
  readonly platform?: string;
  /**
   * Statements, calls and turns of loops to follow in all, after which the modules that are left are left out; 10
   * million by default, ten times what SymPy's 357 modules in knots take.
   */
  readonly workLimit?: number;
  readonly signal?: AbortSignal;
}

const MOST_WORK = 10_000_000;

/**
 * Predicts what happens in a fresh interpreter whose first import is each of these modules, by following what CPython
 * would have bound at each line. Reads and parses the modules' sources (each once), never executes them.
 *
 * @param modules indexes into `graph.modules`
 * @returns in the order of `modules`, less those that the limit of work left out: the last ones by name
 */
export async function predictFirstImports(
  graph: ImportGraph,
  modules: readonly number[],
  { python = [3, 11], platform = 'linux', workLimit = MOST_WORK, signal }: PredictOptions = {},
): Promise<FirstImport[]> {
  const firstImports = new FirstImports(new ProjectModules(graph), python[1], platform);
  const found = new Map<string, FirstImport>();
  const names = modules.map((index) => graph.modules[index]!.name);
  let pause = performance.now() + 20;
  // Modules of a package one after another: they begin alike.
  for (const name of [...new Set(names)].sort(byParts)) {
    signal?.throwIfAborted();
    if (firstImports.work >= workLimit) break;
    found.set(name, firstImport(graph, name, firstImports.of(name)));
    if (performance.now() > pause) {
      await new Promise((resolve) => setImmediate(resolve));
      pause = performance.now() + 20;
    }
  }
  return names.flatMap((name) => found.get(name) ?? []);
}

/** By the parts of the names, so that what lies in a package follows it at once. */
function byParts(left: string, right: string): number {
  const [one, two] = [left.replaceAll('.', '\0'), right.replaceAll('.', '\0')];
  return one < two ? -1 : one > two ? 1 : 0;
}

function firstImport(graph: ImportGraph, module: string, { fault, assumption }: Outcome): FirstImport {
  const rests = assumption === undefined ? {} : { assumption };
  if (fault === undefined) return { module, outcome: 'ok', found: 'predicted', ...rests };
  const { path, line, chain } = fault.at;
  const error = {
    type: fault.type,
    message: fault.message,
    ...(path !== undefined && { path: relative(graph.base, path).split(sep).join('/'), line }),
  };
  return { module, outcome: 'crash', error, found: 'predicted', chain: importChain(graph, chain), ...rests };
}
