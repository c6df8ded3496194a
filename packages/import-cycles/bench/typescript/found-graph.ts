import { digraphFromEdges } from '../../src/graph/digraph.ts';
import { knotsOf } from '../../src/graph/components.ts';

/** What a program found, in paths relative to the corpus. */
export interface FoundGraph {
  readonly modules: readonly string[];
  readonly imports: readonly (readonly [from: string, to: string])[];
}

/** A program tells all imports, or only those that are executed once types are erased, or both. */
export interface FoundGraphs {
  readonly all?: FoundGraph;
  readonly executed?: FoundGraph;
}

const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx)$/;

/** Counts that are comparable between programs: source files of the corpus and distinct imports between them. */
export interface Counts {
  readonly modules: number;
  readonly imports: number;
  readonly knots: number;
  readonly modulesInKnots: number;
}

export function countsOf(graph: FoundGraph): Counts {
  const isOwn = (name: string): boolean =>
    SOURCE.test(name) && !name.startsWith('..') && !name.includes('node_modules/');
  const names = [...new Set(graph.modules.filter(isOwn))];
  const indexes = new Map(names.map((name, index) => [name, index]));
  const distinct = new Set(
    graph.imports.flatMap(([from, to]) => {
      const [a, b] = [indexes.get(from), indexes.get(to)];
      return a === undefined || b === undefined ? [] : [`${a} ${b}`];
    }),
  );
  const pairs = [...distinct].map((each) => each.split(' ').map(Number));
  const knots = knotsOf(
    digraphFromEdges(
      names.length,
      pairs.map(([from]) => from!),
      pairs.map(([, to]) => to!),
    ),
  );
  return {
    modules: names.length,
    imports: distinct.size,
    knots: knots.length,
    modulesInKnots: knots.reduce((sum, knot) => sum + knot.length, 0),
  };
}
