import { UsageError } from '@seaworthy/scenario';
import type { GraphView, Language } from '../model/import-graph.ts';
import type { Arc, ImportReport, Knot } from './import-report.ts';
import { byCodeUnit } from './knot-id.ts';

/**
 * The cycles that a project has accepted for now: every arc inside one of its knots. Arcs, not knots, are what it knows,
 * because they stay the same when a knot shrinks, splits or is joined to another; a knot is accepted as long as it is
 * made of known arcs only.
 */
export interface Baseline {
  readonly schema: 1;
  readonly language: Language;
  readonly view: GraphView;
  readonly arcs: readonly Arc[];
  /** Where it was read from. */
  readonly file?: string;
}

export interface BaselineComparison {
  /** For each knot, the arcs that the baseline does not know; none: the knot is accepted. */
  readonly newArcs: ReadonlyMap<string, readonly Arc[]>;
  /** Arcs of the baseline that are in no knot any more. */
  readonly gone: readonly Arc[];
}

type Findings = Pick<ImportReport, 'language' | 'view'> & {
  readonly knots: readonly Pick<Knot, 'id' | 'arcs'>[];
};

/** A baseline that accepts all that a report found. */
export function createBaseline(report: Findings): Baseline {
  return {
    schema: 1,
    language: report.language,
    view: report.view,
    arcs: sortedArcs(report.knots.flatMap(({ arcs }) => arcs)),
  };
}

/**
 * What is new and what is gone since a baseline was written.
 *
 * @throws UsageError where it was written for another view or language.
 */
export function compareWithBaseline(report: Findings, baseline: Baseline): BaselineComparison {
  for (const part of ['view', 'language'] as const) {
    if (baseline[part] === report[part]) continue;
    throw new UsageError(
      'BASELINE_MISMATCH',
      `${baseline.file ?? 'The baseline'} is for the ${part} ${baseline[part]}, but this analysis is of the ${part} ${report[part]}: use a baseline of its own for it`,
    );
  }
  const known = new Set(baseline.arcs.map(keyOf));
  const present = new Set<string>();
  const newArcs = new Map<string, readonly Arc[]>();
  for (const { id, arcs } of report.knots) {
    for (const arc of arcs) present.add(keyOf(arc));
    newArcs.set(
      id,
      arcs.filter((arc) => !known.has(keyOf(arc))),
    );
  }
  return { newArcs, gone: baseline.arcs.filter((arc) => !present.has(keyOf(arc))) };
}

/**
 * The baseline without what is gone. It only shrinks: new arcs are added where that is asked for and nowhere else.
 *
 * @param options.accept - Also accept all that is new.
 */
export function updateBaseline(
  baseline: Baseline,
  report: Findings,
  options: { readonly accept?: boolean } = {},
): Baseline {
  const gone = new Set(compareWithBaseline(report, baseline).gone.map(keyOf));
  const kept = baseline.arcs.filter((arc) => !gone.has(keyOf(arc)));
  const added = options.accept === true ? createBaseline(report).arcs : [];
  return { ...baseline, arcs: sortedArcs([...kept, ...added]) };
}

/** Sorted, each once. */
function sortedArcs(arcs: readonly Arc[]): Arc[] {
  const distinct = new Map(arcs.map((arc) => [keyOf(arc), { from: arc.from, to: arc.to }]));
  return [...distinct.values()].sort(
    (left, right) => byCodeUnit(left.from, right.from) || byCodeUnit(left.to, right.to),
  );
}

function keyOf({ from, to }: Arc): string {
  return `${from}\0${to}`;
}
