import { relative } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { ImportGraph, Problem } from '../model/import-graph.ts';
import type { AnalyseOptions } from './analyse-options.ts';
import { type Baseline, compareWithBaseline } from './baseline.ts';
import { findKnots } from './find-knots.ts';
import { firstImportsOf } from './first-imports.ts';
import { type PythonVersion, parsePythonVersion } from '../python-version.ts';
import { oldestPython } from './fixes/python/oldest-python.ts';
import { FixSuggester } from './fixes/suggest-fix.ts';
import { ignoredImports } from './ignored-imports.ts';
import type { ImportReport, Knot } from './import-report.ts';
import { byCodeUnit } from './knot-id.ts';
import { reportedImport } from './reported-import.ts';
import { type ReadSource, readSourceBelow } from './source-text.ts';

/**
 * Finds the knots of an import graph, a witness and the fewest imports to move for each, and what happens when their
 * modules are imported first. The report is the same for every order of files and on every machine, its duration apart.
 *
 * @throws UsageError for an impossible option, and for a baseline of another view or language.
 */
export async function analyseImports(
  graph: ImportGraph,
  options: AnalyseOptions = {},
): Promise<ImportReport> {
  const clock = options.clock ?? ((): number => performance.now());
  const startedAt = options.startedAt ?? clock();
  const view = options.view ?? 'import-time';
  const cycleLimit = checkedLimit(options.cycleLimit ?? 100);
  const readSource = options.readSource ?? readSourceBelow(graph.base);
  const { signal } = options;
  signal?.throwIfAborted();

  const { rows: without, ignored, stale } = ignoredImports(graph, view);
  const version =
    graph.language === 'python' ? pythonVersionOf(graph, options.pythonVersion, readSource) : undefined;
  const suggester = await FixSuggester.open(graph, view, { version, readSource });
  const found = findKnots(graph, { view, without, cycleLimit, suggester, signal });
  signal?.throwIfAborted();
  const { firstImports, leftOut } = await firstImportsOf(graph, found.modules, { ...options, version });
  const accepted = acceptKnots(graph, { view, knots: found.knots }, options.baseline);

  return {
    schema: 1,
    language: graph.language,
    view,
    base: graph.base,
    roots: graph.roots,
    modules: graph.modules
      .map(({ name, path }) => ({ name, path }))
      .sort((left, right) => byCodeUnit(left.name, right.name)),
    imports: allImports(graph),
    knots: accepted.knots,
    firstImports,
    ...(leftOut > 0 && { firstImportsLeftOut: leftOut }),
    problems: [...graph.problems, ...untried(graph, options)].sort(byPlace),
    ignored: [...ignored].sort(byPlace),
    stale: [...stale, ...accepted.stale].sort(byPlace),
    durationMs: clock() - startedAt,
  };
}

/** What was asked for and makes no sense for the graph's language. */
function untried({ language }: ImportGraph, { firstImports }: AnalyseOptions): Problem[] {
  if (language === 'python' || firstImports !== 'try') return [];
  const message =
    'first imports were not tried: that is for Python, where an import of a name fails while its module is still being executed';
  return [{ kind: 'configuration', path: '.', message }];
}

function acceptKnots(
  graph: ImportGraph,
  found: Pick<ImportReport, 'view' | 'knots'>,
  baseline: Baseline | undefined,
): Pick<ImportReport, 'knots' | 'stale'> {
  if (baseline === undefined) return { knots: found.knots, stale: [] };
  const { language, base, roots, modules } = graph;
  const { newArcs, gone } = compareWithBaseline({ ...found, language, base, roots, modules }, baseline);
  const knots = found.knots.map((knot): Knot => {
    const unknown = newArcs.get(knot.id) ?? [];
    return unknown.length === 0 ? { ...knot, accepted: true } : { ...knot, newArcs: unknown };
  });
  const path =
    baseline.file === undefined
      ? 'baseline'
      : relative(graph.base, baseline.file).replaceAll('\\', '/') || baseline.file;
  const stale = gone.map(({ from, to }) => ({
    path,
    message: `${from} -> ${to} is in no cycle any more: remove it from the baseline`,
  }));
  return { knots, stale };
}

function allImports(graph: ImportGraph): ImportReport['imports'] {
  const order = graph.modules.map((_, module) => module);
  order.sort((left, right) => byCodeUnit(graph.modules[left]!.name, graph.modules[right]!.name));
  const rank = new Int32Array(order.length);
  order.forEach((module, at) => (rank[module] = at));
  const rows = Array.from({ length: graph.imports.count }, (_, row) => row);
  // The table is in the order of the source inside each module, and the sort is stable.
  rows.sort((left, right) => rank[graph.imports.from[left]!]! - rank[graph.imports.from[right]!]!);
  return rows.map((row) => reportedImport(graph, row));
}

/** What the caller says, or what the project says of itself. */
function pythonVersionOf(
  graph: ImportGraph,
  given: string | undefined,
  readSource: ReadSource,
): PythonVersion | undefined {
  if (given === undefined) return oldestPython(graph.roots, readSource);
  const version = parsePythonVersion(given);
  if (version !== undefined) return version;
  throw new UsageError(
    'PYTHON_VERSION',
    `Expected a Python version such as 3.11, got ${JSON.stringify(given)}`,
  );
}

function checkedLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw new UsageError('CYCLE_LIMIT', `Expected the number of cycles to list to be 1 or more, got ${limit}`);
}

function byPlace(
  left: { readonly path: string; readonly line?: number; readonly message?: string },
  right: { readonly path: string; readonly line?: number; readonly message?: string },
): number {
  return (
    byCodeUnit(left.path, right.path) ||
    (left.line ?? 0) - (right.line ?? 0) ||
    byCodeUnit(left.message ?? '', right.message ?? '')
  );
}
