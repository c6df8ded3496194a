import { UsageError } from '@seaworthy/scenario';
import { knotsOf } from '../graph/components.ts';
import { digraphOf } from '../graph/digraph.ts';
import type { ImportGraph } from '../model/import-graph.ts';
import type { AnalyseOptions } from './analyse-options.ts';
import type { FirstImport } from './import-report.ts';
import type { PythonVersion } from '../python-version.ts';
import { byCodeUnit } from './knot-id.ts';
import { doubtFolders } from './search-path.ts';

export type FirstImportOptions = Pick<
  AnalyseOptions,
  'firstImports' | 'python' | 'concurrency' | 'timeoutMs' | 'workspace' | 'signal'
> & {
  /** Python to follow when predicting; the predictor's own default where not known. */
  readonly version?: PythonVersion | undefined;
};

export interface FirstImportsFound {
  readonly firstImports: readonly FirstImport[];
  /** How many modules the limit of work left out. */
  readonly leftOut: number;
}

/** The oldest and the newest Python whose imports can be followed. */
const FOLLOWED = { oldest: 8, newest: 14 } as const;

/**
 * What happens when each module of a knot is imported first: of the view's knots, and of those that CPython really goes
 * round, whatever the view. Ignore comments do not change what happens, so they play no part. TypeScript has no such
 * question, since its modules do not fail halfway through an import of a name.
 */
export async function firstImportsOf(
  graph: ImportGraph,
  inKnots: ReadonlySet<number>,
  options: FirstImportOptions,
): Promise<FirstImportsFound> {
  const how = options.firstImports ?? 'predict';
  if (how === 'none' || graph.language !== 'python') return { firstImports: [], leftOut: 0 };
  if (how === 'try' && options.python === undefined) {
    throw new UsageError(
      'INTERPRETER_MISSING',
      "Trying first imports takes an interpreter: give the path of the project's own (such as .venv/bin/python)",
    );
  }
  const modules = [...new Set([...inKnots, ...knotsOf(digraphOf(graph, 'runtime')).flat()])]
    // Nothing imports a stub: what happens when its module is imported stands in a file that is not here.
    .filter((module) => !graph.modules[module]!.path.endsWith('.pyi'));
  modules.sort((left, right) => left - right);
  if (modules.length === 0) return { firstImports: [], leftOut: 0 };
  const found =
    how === 'try'
      ? await tried(graph, modules, options.python!, options)
      : doubtFolders(graph, await predicted(graph, modules, options));
  return {
    firstImports: [...found].sort((left, right) => byCodeUnit(left.module, right.module)),
    leftOut: modules.length - found.length,
  };
}

async function predicted(
  graph: ImportGraph,
  modules: readonly number[],
  { version, signal }: FirstImportOptions,
): Promise<readonly FirstImport[]> {
  const { predictFirstImports } = await import('../first-import/predict-first-imports.ts');
  const minor = Math.min(Math.max(version?.minor ?? 0, FOLLOWED.oldest), FOLLOWED.newest);
  return predictFirstImports(graph, modules, {
    ...(version?.major === 3 ? { python: [3, minor] as const } : {}),
    ...(signal === undefined ? {} : { signal }),
  });
}

async function tried(
  graph: ImportGraph,
  modules: readonly number[],
  python: string,
  { concurrency, timeoutMs, workspace, signal }: FirstImportOptions,
): Promise<readonly FirstImport[]> {
  const { tryFirstImports } = await import('../first-import/try-first-imports.ts');
  return tryFirstImports(graph, modules, {
    python,
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(workspace === undefined ? {} : { workspace }),
    ...(signal === undefined ? {} : { signal }),
  });
}
