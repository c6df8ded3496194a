import { statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { GraphView, Language } from '../model/import-graph.ts';
import type { Arc, ImportReport, Knot } from './import-report.ts';
import { type Seen, foldersOf, judgedBy } from './judged-arcs.ts';
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
  /**
   * Folders (absolute; relative to the baseline in its file) that the modules were found below: they tell whether a module
   * that an analysis does not know is gone, or was not looked at. Older baselines have none.
   */
  readonly roots?: readonly string[];
  /** Where it was read from. */
  readonly file?: string;
}

export interface BaselineComparison {
  /** For each knot, the arcs that the baseline does not know; none: the knot is accepted. */
  readonly newArcs: ReadonlyMap<string, readonly Arc[]>;
  /** Arcs of the baseline that are in no knot any more. Those that the analysis did not look at are not among them. */
  readonly gone: readonly Arc[];
}

type Findings = Pick<ImportReport, 'language' | 'view'> & {
  readonly knots: readonly Pick<Knot, 'id' | 'arcs'>[];
} & Partial<Seen>;

/** A baseline that accepts all that a report found. */
export function createBaseline(report: Findings): Baseline {
  return {
    schema: 1,
    language: report.language,
    view: report.view,
    arcs: sortedArcs(report.knots.flatMap(({ arcs }) => arcs)),
    ...foldersKnown(report),
  };
}

/**
 * What is new and what is gone since a baseline was written. An analysis of a part of the project says nothing of the rest:
 * see `judgedBy`.
 *
 * @param report - Without its modules it counts as one of all that the baseline knows.
 * @param isFile - Whether a path is a file.
 * @throws UsageError where it was written for another view or language.
 */
export function compareWithBaseline(
  report: Findings,
  baseline: Baseline,
  isFile: (path: string) => boolean = isFileOnDisk,
): BaselineComparison {
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
  const absent = baseline.arcs.filter((arc) => !present.has(keyOf(arc)));
  const { modules } = report;
  if (modules === undefined || absent.length === 0) return { newArcs, gone: absent };
  const folders = baseline.roots ?? foldersAround(report, baseline);
  return { newArcs, gone: absent.filter(judgedBy({ modules }, baseline.arcs, folders, isFile)) };
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
  const { roots = [] } = foldersKnown(report);
  const folders = [...new Set([...(baseline.roots ?? []), ...(options.accept === true ? roots : [])])].sort();
  return {
    ...baseline,
    arcs: sortedArcs([...kept, ...added]),
    ...(folders.length === 0 ? {} : { roots: folders }),
  };
}

/** For a baseline that does not say: an analysis of the folder that holds it is one of all that it knows. */
function foldersAround(report: Partial<Seen>, { file }: Baseline): readonly string[] | undefined {
  const { base } = report;
  const holdsIt = file !== undefined && base !== undefined && resolve(file).startsWith(join(base, sep));
  return holdsIt ? foldersKnown(report).roots : undefined;
}

function foldersKnown({ base, roots }: Partial<Seen>): Pick<Baseline, 'roots'> {
  return base === undefined || roots === undefined ? {} : { roots: foldersOf({ base, roots }) };
}

function isFileOnDisk(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    // What cannot be looked at may well be there.
    return true;
  }
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
