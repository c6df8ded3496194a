import { nearestName } from '@seaworthy/scenario';
import { knotsOf } from '../graph/components.ts';
import { digraphOf } from '../graph/digraph.ts';
import { edgesOfView } from '../graph/view-edges.ts';
import { IGNORED_RULE } from '../model/ignore-comment.ts';
import type { GraphView, ImportGraph } from '../model/import-graph.ts';
import { rowsOf } from './rows-of.ts';
import { reportedImport } from './reported-import.ts';
import type { IgnoredImport, ImportReport } from './import-report.ts';

export interface IgnoredImports {
  /** Rows of the import table that comments with a reason take out. */
  readonly rows: ReadonlySet<number>;
  /** Those of them that would be part of a knot of the view. */
  readonly ignored: readonly IgnoredImport[];
  /** Comments without a reason, and comments that no cycle needs. */
  readonly stale: ImportReport['stale'];
}

/**
 * What the ignore comments of a graph do in one view. A comment is stale only where its statement is in no cycle of any
 * view: a project may well look at more than one.
 */
export function ignoredImports(graph: ImportGraph, view: GraphView): IgnoredImports {
  const rows = new Set<number>();
  const ignored: IgnoredImport[] = [];
  const stale: ImportReport['stale'][number][] = [];
  if (graph.ignoreComments.length === 0) return { rows, ignored, stale };

  const inView = rowsInKnots(graph, view);
  const inAnyView = new Set(inView);
  for (const other of ['all', 'runtime'] as const) {
    if (other !== view) for (const row of rowsInKnots(graph, other)) inAnyView.add(row);
  }

  for (const comment of graph.ignoreComments) {
    const at = { path: graph.modules[comment.module]!.path, line: comment.line };
    if (comment.unknownRule !== undefined) {
      stale.push({ ...at, message: unknownRule(comment.unknownRule) });
      continue;
    }
    const reason = comment.reason.trim();
    if (reason === '') {
      stale.push({
        ...at,
        message: 'the ignore comment gives no reason, so it ignores nothing: add one after `--`',
      });
      continue;
    }
    const matched = rowsOfLine(graph, comment.module, comment.line);
    for (const row of matched) {
      if (!rows.has(row) && inView.has(row)) ignored.push({ ...reportedImport(graph, row), reason });
      rows.add(row);
    }
    if (matched.length === 0) {
      stale.push({ ...at, message: 'the ignore comment stands on no import of this project: remove it' });
    } else if (!matched.some((row) => inAnyView.has(row))) {
      stale.push({ ...at, message: 'the import is in no cycle (any more): remove the ignore comment' });
    }
  }
  return { rows, ignored, stale };
}

function unknownRule(rule: string): string {
  if (rule === '')
    return `the ignore comment names no rule, so it ignores nothing: write \`ignore[${IGNORED_RULE}]\``;
  const hint =
    nearestName(rule, [IGNORED_RULE]) === undefined
      ? `the only one is ${IGNORED_RULE}`
      : `did you mean ${IGNORED_RULE}?`;
  return `the ignore comment names the unknown rule \`${rule}\`, so it ignores nothing: ${hint}`;
}

/** All rows of the statements that reach over a line. */
function rowsOfLine(graph: ImportGraph, module: number, line: number): number[] {
  const { imports } = graph;
  const lastLine = new Map<number, number>();
  const rows: number[] = [];
  const { start: first, end } = rowsOf(imports, module);
  for (let row = first; row < end; row++) {
    const start = imports.statementLine[row]!;
    rows.push(row);
    lastLine.set(start, Math.max(lastLine.get(start) ?? start, imports.line[row]!));
  }
  return rows.filter((row) => {
    const start = imports.statementLine[row]!;
    return start <= line && line <= lastLine.get(start)!;
  });
}

function rowsInKnots(graph: ImportGraph, view: GraphView): Set<number> {
  const knotOf = new Int32Array(graph.modules.length).fill(-1);
  knotsOf(digraphOf(graph, view)).forEach((knot, index) => {
    for (const module of knot) knotOf[module] = index;
  });
  const rows = new Set<number>();
  const edges = edgesOfView(graph, view);
  for (let edge = 0; edge < edges.from.length; edge++) {
    const knot = knotOf[edges.from[edge]!]!;
    if (knot >= 0 && knot === knotOf[edges.to[edge]!]) rows.add(edges.row[edge]!);
  }
  return rows;
}
