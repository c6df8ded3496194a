import type { MeasureContext } from '@seaworthy/scenario';
import type { FirstImport, ImportReport } from '../../report/import-report.ts';
import { canonicalCycle } from '../finder/canonical-cycle.ts';
import { chooseFinder } from '../finder/choose-finder.ts';
import { hostPlace } from '../interpreter/python-place.ts';
import { executedCycle, traceImports } from '../interpreter/trace-imports.ts';
import { writeModules } from '../modules/written-module.ts';
import type { FirstImportSeen, SimpleCycleObservation, TriedImport } from './simple-cycle-observation.ts';
import type { SimpleCyclePlan } from './simple-cycle-plan.ts';

/** Writes the modules, analyses them, and imports each of them first in an interpreter of its own. */
export async function measureSimpleCycle(
  plan: SimpleCyclePlan,
  context: MeasureContext,
): Promise<SimpleCycleObservation> {
  const folder = await context.workspace.makeFolder('simple-cycle');
  await writeModules(folder, plan.modules);
  const searchMs: number[] = [];
  let outcome: Outcome;
  do {
    const began = performance.now();
    outcome = await search(plan, folder, context.signal);
    searchMs.push(performance.now() - began);
  } while (searchMs.length < plan.searches && outcome.crash === undefined);
  const tried: TriedImport[] = [];
  for (const { name } of plan.modules) tried.push(await tryImport(folder, name, context));
  return {
    expected: plan.expected,
    found: outcome.report?.knots.flatMap((knot) => knot.cycles.list.map(canonicalCycle)) ?? [],
    imports: outcome.report?.imports.map(({ from, to }) => [from, to] as const) ?? [],
    predicted: outcome.report?.firstImports.map(seen) ?? [],
    tried,
    searchMs,
    crash: outcome.crash ?? null,
  };
}

type Outcome = { report: ImportReport; crash?: undefined } | { report?: undefined; crash: string };

async function search(plan: SimpleCyclePlan, folder: string, signal: AbortSignal): Promise<Outcome> {
  try {
    const { report } = await chooseFinder(plan.finder)({
      roots: [folder],
      build: { language: 'python', base: folder, signal },
      analyse: { view: 'import-time', firstImports: 'predict', signal },
    });
    return { report };
  } catch (error) {
    signal.throwIfAborted();
    return { crash: String(error) };
  }
}

const at = (type: string, path?: string | null, line?: number | null): string =>
  path === undefined || path === null ? type : `${type} in ${path}:${line ?? '?'}`;

function seen({ module, outcome, error }: FirstImport): FirstImportSeen {
  return { module, outcome, error: error === undefined ? null : at(error.type, error.path, error.line) };
}

async function tryImport(folder: string, module: string, context: MeasureContext): Promise<TriedImport> {
  const trace = await traceImports(folder, module, hostPlace(context));
  const cycle = executedCycle(trace);
  const { error } = trace;
  return {
    module,
    outcome: error === null ? 'ok' : 'crash',
    error: error === null ? null : at(error.type, error.path, error.line),
    message: error?.message ?? null,
    executed: trace.steps.filter((step) => step.event === 'start').map((step) => step.module),
    cycle: cycle === undefined ? null : canonicalCycle(cycle),
  };
}
