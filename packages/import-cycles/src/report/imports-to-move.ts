import { minimumFeedbackArcs } from '../graph/feedback-arcs.ts';
import type { Digraph, ImportGraph } from '../model/import-graph.ts';
import type { ArcRows } from './arc-rows.ts';
import type { FixSuggester } from './fixes/suggest-fix.ts';
import { RemainingArcs } from './fixes/remaining-arcs.ts';
import type { ImportToMove, Knot } from './import-report.ts';
import { byCodeUnit } from './knot-id.ts';
import { reportedImport } from './reported-import.ts';

/** Up to this many arcs every import of a knot is read, so that among equally small sets the easiest is chosen. */
const MOST_ARCS_TO_WEIGH = 150;

/** More than the efforts of all arcs that are weighed add up to, so that effort never outweighs an import. */
const STATEMENT = 4096;

export interface Moves {
  readonly importsToMove: readonly ImportToMove[];
  readonly minimum: Knot['minimum'];
}

/** The fewest import statements whose removal leaves a knot without a cycle, and how to move each. */
export function importsToMove(
  graph: ImportGraph,
  digraph: Digraph,
  knot: readonly number[],
  arcRows: ArcRows,
  suggester: FixSuggester,
): Moves {
  const weighed = countArcs(digraph, knot) <= MOST_ARCS_TO_WEIGH;
  const unit = weighed ? STATEMENT : 1;
  const result = minimumFeedbackArcs(digraph, knot, {
    weight: (from, to) => {
      const statements = arcRows.statements(from, to);
      if (!weighed) return statements.length;
      const effort = statements.map((row) =>
        suggester.effort(arcRows.ofStatement(from, to, row), { from, to }, digraph, knot),
      );
      return statements.length * STATEMENT + Math.min(sum(effort), STATEMENT / MOST_ARCS_TO_WEIGH);
    },
  });

  const remaining = new RemainingArcs(digraph, knot, result.arcs);
  const moves = result.arcs.flatMap(({ from, to }) =>
    arcRows.statements(from, to).map((row): ImportToMove => {
      const fix = suggester.suggest(arcRows.ofStatement(from, to, row), { from, to }, remaining);
      return { ...reportedImport(graph, row, to), column: graph.imports.column[row]!, fix };
    }),
  );
  moves.sort(
    (left, right) =>
      byCodeUnit(left.from, right.from) || left.line - right.line || left.column - right.column,
  );
  return {
    importsToMove: moves,
    minimum: {
      proof: result.proof,
      lowerBound: result.proof === 'exact' ? moves.length : Math.floor(result.lowerBound / unit),
    },
  };
}

function countArcs(digraph: Digraph, knot: readonly number[]): number {
  const inKnot = new Set(knot);
  let count = 0;
  for (const node of knot) {
    for (let edge = digraph.offsets[node]!; edge < digraph.offsets[node + 1]!; edge++) {
      if (inKnot.has(digraph.targets[edge]!)) count++;
    }
  }
  return count;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
