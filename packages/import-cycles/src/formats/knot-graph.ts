import { isExecutedAtImport } from '../model/import-kind.ts';
import type { ImportReport, Knot, ReportedImport } from '../report/import-report.ts';
import { byCodeUnit } from '../report/knot-id.ts';

/** An arrow between two modules of a knot. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** `deferred`: no part of the cycles that were looked for, since nothing executes it at import. */
  readonly style: 'cycle' | 'deferred';
  /** One of the imports to move. */
  readonly move: boolean;
  /** Lines of the imports behind it, ascending. */
  readonly lines: readonly number[];
}

export interface KnotGraph {
  readonly knot: Knot;
  readonly modules: readonly string[];
  readonly arrows: readonly Arrow[];
  /** Modules of the knot that are left out. */
  readonly omitted: number;
}

/**
 * The modules of a knot and the arrows between them, as the formats draw them.
 *
 * @param most - Modules at most: of a larger knot those are drawn that its shortest cycles go through.
 */
export function knotGraph(report: ImportReport, knot: Knot, most = Number.POSITIVE_INFINITY): KnotGraph {
  const modules = new Set(knot.modules.length <= most ? knot.modules : mostTelling(knot, most));
  const lines = new Map<string, number[]>();
  const deferred = new Map<string, { from: string; to: string }>();
  const arcs = new Set(knot.arcs.map(keyOf));
  for (const entry of importsInside(report).get(knot.id) ?? []) {
    if (!modules.has(entry.from) || !modules.has(entry.to)) continue;
    const key = keyOf(entry);
    if (arcs.has(key)) {
      if (report.view === 'all' || isExecutedAtImport(entry.kind)) append(lines, key, entry.line);
    } else if (!isExecutedAtImport(entry.kind)) {
      deferred.set(key, entry);
      append(lines, key, entry.line);
    }
  }
  const moves = new Set(knot.importsToMove.map(keyOf));
  const arrow = (arc: { from: string; to: string }, style: Arrow['style']): Arrow => ({
    from: arc.from,
    to: arc.to,
    style,
    move: style === 'cycle' && moves.has(keyOf(arc)),
    lines: [...new Set(lines.get(keyOf(arc)) ?? [])].sort((left, right) => left - right),
  });
  return {
    knot,
    modules: [...modules].sort(byCodeUnit),
    arrows: [
      ...knot.arcs
        .filter(({ from, to }) => modules.has(from) && modules.has(to))
        .map((arc) => arrow(arc, 'cycle')),
      ...[...deferred.values()]
        .map((arc) => arrow(arc, 'deferred'))
        .sort((left, right) => byCodeUnit(left.from, right.from) || byCodeUnit(left.to, right.to)),
    ],
    omitted: knot.modules.length - modules.size,
  };
}

const INSIDE = new WeakMap<ImportReport, ReadonlyMap<string, readonly ReportedImport[]>>();

/** The imports between modules of the same knot, by its id: sorted out once, since a report may have thousands of knots. */
function importsInside(report: ImportReport): ReadonlyMap<string, readonly ReportedImport[]> {
  const known = INSIDE.get(report);
  if (known !== undefined) return known;
  const knotOf = new Map(
    report.knots.flatMap(({ id, modules }) => modules.map((name) => [name, id] as const)),
  );
  const inside = new Map<string, ReportedImport[]>(report.knots.map(({ id }) => [id, []]));
  for (const entry of report.imports) {
    const id = knotOf.get(entry.from);
    if (id !== undefined && id === knotOf.get(entry.to)) inside.get(id)!.push(entry);
  }
  INSIDE.set(report, inside);
  return inside;
}

function mostTelling(knot: Knot, most: number): string[] {
  const chosen = new Set(knot.witness.map(({ from }) => from));
  for (const cycle of [
    ...knot.cycles.list,
    ...knot.importsToMove.map(({ from, to }) => [from, to]),
    knot.modules,
  ]) {
    for (const name of cycle) {
      if (chosen.size >= most) return [...chosen];
      chosen.add(name);
    }
  }
  return [...chosen];
}

function keyOf({ from, to }: { readonly from: string; readonly to: string }): string {
  return `${from}\0${to}`;
}

function append(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
