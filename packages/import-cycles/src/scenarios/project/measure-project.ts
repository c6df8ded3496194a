import { UsageError } from '@seaworthy/scenario';
import type { MeasureContext } from '@seaworthy/scenario';
import type { ImportReport, Knot } from '../../report/import-report.ts';
import { readBaseline } from '../../report/baseline-file.ts';
import { chooseFinder } from '../finder/choose-finder.ts';
import type { Found } from '../finder/finder.ts';
import { compareWithCPython } from './compare-with-cpython.ts';
import { placeOf } from './copy-project.ts';
import type { ProjectPlace } from './copy-project.ts';
import type { ProjectKnot, ProjectObservation } from './project-observation.ts';
import type { ProjectPlan } from './project-plan.ts';
import { lookAtFirstImports } from './look-at-first-imports.ts';

/**
 * Analyses every Python file of the project without executing any of it; then, where that was allowed, imports the
 * modules of its knots, and lets CPython's own parser read a part of the files as a check of the analysis.
 */
export async function measureProject(
  plan: ProjectPlan,
  context: MeasureContext,
): Promise<ProjectObservation> {
  try {
    return await measureSources(plan, context);
  } catch (error) {
    // Only the analysis knows for sure; that there is nothing to judge ends no other scenario.
    if (error instanceof UsageError && error.code === 'NO_PYTHON_SOURCES') return nothingFound(plan);
    throw error;
  }
}

function nothingFound({ baseline }: ProjectPlan): ProjectObservation {
  return {
    modules: 0,
    imports: 0,
    knots: [],
    crashes: [],
    firstImports: 0,
    firstImportsLeft: 0,
    problems: [],
    stale: [],
    ignored: 0,
    hasBaseline: baseline !== null,
    searchMs: 0,
    comparison: null,
    copy: null,
  };
}

async function measureSources(plan: ProjectPlan, context: MeasureContext): Promise<ProjectObservation> {
  const place = await placeOf(plan, context);
  const began = performance.now();
  const { graph, report } = await analyse(plan, place, context.signal);
  const searchMs = performance.now() - began;
  context.progress(`${report.modules.length} modules, ${report.knots.length} knots`);
  const { firstImports, left } = await lookAtFirstImports(graph, plan.verify, context);
  const always = new Set([
    ...plan.added.map(({ name }) => name),
    ...report.knots.flatMap((knot) => knot.modules),
  ]);
  const comparison =
    context.environment.python === undefined
      ? null
      : await compareWithCPython(graph, { always, files: plan.comparedFiles }, context);
  return {
    modules: report.modules.length,
    imports: report.imports.length,
    knots: report.knots.map(projectKnot),
    crashes: firstImports.filter((attempt) => attempt.outcome === 'crash'),
    firstImports: firstImports.length,
    firstImportsLeft: left,
    problems: report.problems.map(placed),
    stale: report.stale.map(placed),
    ignored: report.ignored.length,
    hasBaseline: plan.baseline !== null,
    searchMs,
    comparison,
    copy: place.copy,
  };
}

async function analyse(plan: ProjectPlan, place: ProjectPlace, signal: AbortSignal): Promise<Found> {
  return chooseFinder(plan.finder)({
    roots: place.roots,
    build: { language: 'python', base: place.base, exclude: plan.exclude, signal },
    analyse: {
      view: 'import-time',
      firstImports: 'none',
      cycleLimit: plan.cycleLimit,
      signal,
      ...(plan.baseline === null ? {} : { baseline: await readBaseline(plan.baseline) }),
    },
  });
}

function projectKnot(knot: Knot): ProjectKnot {
  return {
    id: knot.id,
    modules: knot.modules,
    witness: knot.witness,
    cycleCount: knot.cycles.list.length,
    complete: knot.cycles.complete,
    longest: knot.cycles.list.at(-1) ?? knot.witness.map((step) => step.from),
    importsToMove: knot.importsToMove,
    lowerBound: knot.minimum.lowerBound,
    accepted: knot.accepted,
    newArcs: (knot.newArcs ?? []).map(({ from, to }) => `${from} -> ${to}`),
  };
}

function placed({ path, line, message }: ImportReport['stale'][number]): ProjectObservation['stale'][number] {
  return { path, line: line ?? null, message };
}
