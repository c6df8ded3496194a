import type { MeasureContext } from '@seaworthy/scenario';
import { knotsOf } from '../../graph/components.ts';
import { digraphOf } from '../../graph/digraph.ts';
import type { ImportGraph } from '../../model/import-graph.ts';
import type { FirstImport } from '../../report/import-report.ts';
import { pythonOf } from '../interpreter/requires-python.ts';

/** What became of the modules whose first import is of interest. */
export interface FirstImportsLookedAt {
  readonly firstImports: readonly FirstImport[];
  /** Modules for which there was no time. */
  readonly left: number;
}

/** Following all modules at once shares most of the work; knot by knot at least the small ones are done in time. */
const ALL_AT_ONCE_MS = 15_000;
const KNOT_BY_KNOT_MS = 10_000;

const TRYING_MS = 60_000;
const TRIED_AT_ONCE = 300;
const IMPORT_TIMEOUT_MS = 20_000;

/**
 * What happens when each module of a knot is imported first, within a limited time: by prediction, or where `verify`
 * allows it by importing it in the project's interpreter.
 */
export async function lookAtFirstImports(
  graph: ImportGraph,
  verify: boolean,
  context: MeasureContext,
): Promise<FirstImportsLookedAt> {
  const knots = [...knotsOf(digraphOf(graph, 'import-time')), ...knotsOf(digraphOf(graph, 'runtime'))];
  const modules = [...new Set(knots.flat())].sort((left, right) => left - right);
  if (modules.length === 0) return { firstImports: [], left: 0 };
  if (verify) return tryInTime(graph, modules, context);
  const all = await predictInTime(graph, modules, ALL_AT_ONCE_MS, context);
  if (all !== undefined) return { firstImports: all, left: modules.length - all.length };
  return predictKnots(graph, knots, context);
}

async function predictKnots(
  graph: ImportGraph,
  knots: readonly (readonly number[])[],
  context: MeasureContext,
): Promise<FirstImportsLookedAt> {
  const end = performance.now() + KNOT_BY_KNOT_MS;
  const seen = new Map<number, FirstImport>();
  const left = new Set(knots.flat());
  for (const knot of [...knots].sort((a, b) => a.length - b.length)) {
    const wanted = knot.filter((module) => left.has(module));
    const found = await predictInTime(graph, wanted, end - performance.now(), context);
    if (found === undefined) break;
    const byName = new Map(found.map((firstImport) => [firstImport.module, firstImport]));
    for (const module of wanted) {
      const firstImport = byName.get(graph.modules[module]!.name);
      if (firstImport === undefined) continue;
      seen.set(module, firstImport);
      left.delete(module);
    }
  }
  return { firstImports: [...seen.values()], left: left.size };
}

/** Predictions for all of the modules, or `undefined` where they take longer than allowed. */
async function predictInTime(
  graph: ImportGraph,
  modules: readonly number[],
  ms: number,
  context: MeasureContext,
): Promise<readonly FirstImport[] | undefined> {
  if (ms <= 0) return undefined;
  const { predictFirstImports } = await import('../../first-import/predict-first-imports.ts');
  const minor = Number.parseInt(context.environment.python?.version.split('.')[1] ?? '', 10);
  const time = AbortSignal.timeout(Math.ceil(ms));
  try {
    return await predictFirstImports(graph, modules, {
      ...(Number.isNaN(minor) ? {} : { python: [3, minor] as const }),
      signal: AbortSignal.any([context.signal, time]),
    });
  } catch (error) {
    context.signal.throwIfAborted();
    if (time.aborted) return undefined;
    throw error;
  }
}

async function tryInTime(
  graph: ImportGraph,
  modules: readonly number[],
  context: MeasureContext,
): Promise<FirstImportsLookedAt> {
  const { openTrials } = await import('../../first-import/try-first-imports.ts');
  const end = performance.now() + TRYING_MS;
  await using trials = await openTrials(graph, {
    python: pythonOf(context.environment).executable,
    concurrency: context.environment.cores,
    timeoutMs: IMPORT_TIMEOUT_MS,
    signal: context.signal,
    workspace: context.workspace,
  });
  const firstImports: FirstImport[] = [];
  while (firstImports.length < modules.length && performance.now() < end) {
    context.progress(
      `importing modules, each in an interpreter of its own: ${firstImports.length} of ${modules.length}`,
    );
    const next = modules.slice(firstImports.length, firstImports.length + TRIED_AT_ONCE);
    firstImports.push(...(await trials.run(next)));
  }
  return { firstImports, left: modules.length - firstImports.length };
}
