import { resolve } from 'node:path';
import { analyseImports, buildImportGraph } from '@seaworthy/import-cycles';
import type { AnalyseOptions, GraphView, ImportReport, Language } from '@seaworthy/import-cycles';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { EXIT } from '../exit-code.ts';
import { projectFolderOf } from '../imports/project-folder-of.ts';
import { baselineFor, updateBaselineFile } from '../imports/baseline.ts';
import { baseOfPaths } from '../imports/base-of-paths.ts';
import { cacheFolder } from '../imports/cache-folder.ts';
import { judgeThresholds } from '../imports/thresholds.ts';
import type { Thresholds } from '../imports/thresholds.ts';
import { writeImportReport } from '../imports/write-report.ts';
import type { ImportFormat } from '../imports/import-formats.ts';
import { PhaseLine } from '../progress/phase-line.ts';
import { findProjectPython } from '../python/project-python.ts';
import type { Surroundings } from '../surroundings.ts';
import { openToolWorkspace } from '../workspace/open-tool-workspace.ts';

export interface ImportsOptions {
  readonly paths: readonly string[];
  readonly config: string | undefined;
  readonly format: ImportFormat;
  readonly graph: GraphView;
  readonly language: Language | 'auto';
  readonly tsconfig: string | undefined;
  readonly verify: boolean | undefined;
  readonly predict: boolean;
  readonly python: string | undefined;
  readonly baseline: string | undefined;
  readonly updateBaseline: boolean;
  readonly maxCycles: number | undefined;
  readonly maxLength: number | undefined;
  readonly exitZero: boolean;
  readonly exclude: readonly string[];
  readonly cache: boolean;
  readonly output: string | undefined;
  readonly color: boolean | undefined;
}

const PHASES = {
  none: 'looking for cycles',
  predict: 'following what CPython does when each module of a cycle is imported first',
  try: 'importing each module of a cycle first',
} as const;

/** The import graph and the cycles of a project. Exit code 1 where cycles exceed the thresholds. */
export async function imports(options: ImportsOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, env, stderr } = surroundings;
  const startedAt = performance.now();
  const root = projectFolderOf(cwd, options.paths);
  const configuration = await loadConfiguration(root, cwd, options.config);
  const settings = configuration.values.imports ?? {};
  const verify = options.verify ?? settings.verify ?? false;
  const execution: Execution | Unavailable = verify
    ? await prepareExecution(root, configuration, options, surroundings)
    : { firstImports: options.predict ? 'predict' : 'none' };
  if ('problem' in execution) {
    stderr.write(`seaworthy: --verify needs the project's interpreter: ${execution.problem}.\n`);
    return EXIT.environment;
  }
  const baseline = await baselineFor(options, configuration, cwd);
  const thresholds: Thresholds = {
    maxCycles: options.maxCycles ?? settings.maxCycles,
    maxLength: options.maxLength ?? settings.maxLength,
  };
  const { signal } = execution;
  const roots = rootsOf(options, configuration, cwd);
  using phase = new PhaseLine(stderr);
  phase.show('Reading imports …');
  const graph = await buildImportGraph(roots, {
    language: options.language,
    exclude: excludesOf(options, configuration),
    cacheFolder: options.cache ? cacheFolder(env) : undefined,
    base: baseOfPaths(options.format, roots, surroundings),
    signal,
    typescript: options.tsconfig === undefined ? undefined : { tsconfig: resolve(cwd, options.tsconfig) },
  });
  phase.show(`${String(graph.modules.length)} modules read, ${PHASES[execution.firstImports ?? 'none']} …`);
  const report = await analyseImports(graph, {
    view: options.graph,
    cycleLimit: Math.max(100, (thresholds.maxCycles ?? 0) + 1),
    startedAt,
    ...execution,
    ...(baseline.accepted === undefined ? {} : { baseline: baseline.accepted }),
  });
  phase[Symbol.dispose]();
  await writeImportReport(report, options, surroundings);
  return concludeImports(report, { options, thresholds, baselineFile: baseline.file }, surroundings);
}

async function concludeImports(
  report: ImportReport,
  {
    options,
    thresholds,
    baselineFile,
  }: { options: ImportsOptions; thresholds: Thresholds; baselineFile: string | undefined },
  { stderr }: Surroundings,
): Promise<number> {
  if (options.updateBaseline && baselineFile !== undefined) {
    const { isNew, message } = await updateBaselineFile(baselineFile, report);
    stderr.write(`${message}\n`);
    if (isNew) return EXIT.passed;
  }
  const exceeded = judgeThresholds(report, thresholds);
  for (const text of exceeded) stderr.write(`seaworthy: ${text}\n`);
  return exceeded.length === 0 || options.exitZero ? EXIT.passed : EXIT.failed;
}

function rootsOf(
  { paths }: ImportsOptions,
  { values, folder }: LoadedConfiguration,
  cwd: string,
): readonly string[] {
  if (paths.length > 0) return paths.map((path) => resolve(cwd, path));
  const roots = values.imports?.roots ?? values.project?.roots;
  return roots === undefined ? [cwd] : roots.map((root) => resolve(folder, root));
}

function excludesOf({ exclude }: ImportsOptions, { values }: LoadedConfiguration): readonly string[] {
  return [...exclude, ...(values.imports?.exclude ?? []), ...(values.project?.exclude ?? [])];
}

type Execution = Pick<AnalyseOptions, 'firstImports' | 'python' | 'signal'>;

interface Unavailable {
  readonly problem: string;
}

/** What is needed to try imports: the interpreter, and a signal that ends it. */
async function prepareExecution(
  root: string,
  configuration: LoadedConfiguration,
  { python: option }: ImportsOptions,
  surroundings: Surroundings,
): Promise<Execution | Unavailable> {
  await using workspace = await openToolWorkspace(surroundings);
  const search = await findProjectPython({ root, configuration, option, workspace }, surroundings);
  if (search.chosen === undefined) return { problem: search.problem ?? 'there is none' };
  return { firstImports: 'try', python: search.chosen.executable, signal: surroundings.interruption() };
}
