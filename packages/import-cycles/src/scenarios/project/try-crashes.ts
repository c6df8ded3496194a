import type { MeasureContext } from '@seaworthy/scenario';
import type { ImportGraph } from '../../model/import-graph.ts';
import type { FirstImport, ImportReport } from '../../report/import-report.ts';
import { pythonOf } from '../interpreter/requires-python.ts';

const IMPORT_TIMEOUT_MS = 20_000;

/** Imports every module whose first import was predicted in the project's interpreter, each in a process of its own. */
export async function tryCrashes(
  graph: ImportGraph,
  report: ImportReport,
  context: MeasureContext,
): Promise<readonly FirstImport[]> {
  const wanted = new Set(report.firstImports.map((prediction) => prediction.module));
  const modules = graph.modules.flatMap((module, index) => (wanted.has(module.name) ? [index] : []));
  context.progress(`importing ${modules.length} modules, each in an interpreter of its own`);
  const { tryFirstImports } = await import('../../first-import/try-first-imports.ts');
  return tryFirstImports(graph, modules, {
    python: pythonOf(context.environment).executable,
    concurrency: context.environment.cores,
    timeoutMs: IMPORT_TIMEOUT_MS,
    signal: context.signal,
    workspace: context.workspace,
  });
}
