import { UsageError } from '@seaworthy/scenario';
import type { ImportGraph, Language, Problem } from './model/import-graph.ts';
import { buildPythonGraph } from './python/build-python-graph.ts';
import { type SourceCount, countSources, prevailingLanguage } from './detect-language.ts';
import type { PythonBuildOptions } from './python/python-options.ts';

/** How `buildImportGraph` looks at a project. */
export interface BuildOptions {
  /** `auto`, the default, decides by what stands in the roots: see `buildImportGraph`. */
  readonly language?: Language | 'auto' | undefined;
  /** Globs of files and folders to leave out. */
  readonly exclude?: readonly string[] | undefined;
  /** Folder for what earlier runs found out about unchanged files. */
  readonly cacheFolder?: string | undefined;
  /** Folder that all paths in the graph are relative to. By default the deepest one that holds all roots. */
  readonly base?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly python?: Pick<PythonBuildOptions, 'largestFile'> | undefined;
  readonly typescript?: { readonly tsconfig?: string | undefined } | undefined;
}

/**
 * Builds the graph of all imports below `roots`, without running any of the project's code.
 *
 * With `language: 'auto'` a root that is a file decides by its suffix. Of folders the language with more source files
 * below them wins, Python where there are equally many; hidden folders, `node_modules` and the like do not count. A problem
 * of kind `configuration` says what was left out because of that.
 *
 * @throws UsageError where a path does not exist, or there are no sources of the language
 */
export async function buildImportGraph(
  roots: string | readonly string[],
  options: BuildOptions = {},
): Promise<ImportGraph> {
  const paths = typeof roots === 'string' ? [roots] : roots;
  const { language = 'auto', ...shared } = options;
  if (language !== 'auto') return buildGraphOf(language, paths, shared);
  const count = countSources(paths, shared);
  const chosen = prevailingLanguage(count);
  const graph = await buildGraphOf(chosen, paths, shared);
  const left = leftOut(graph, count);
  return left === undefined ? graph : { ...graph, problems: [...graph.problems, left] };
}

async function buildGraphOf(
  chosen: Language,
  paths: readonly string[],
  { python, typescript, ...shared }: Omit<BuildOptions, 'language'>,
): Promise<ImportGraph> {
  if (chosen === 'python') return buildPythonGraph(paths, { ...shared, ...python });
  if (chosen !== 'typescript') {
    const message = `The language ${String(chosen)} is not known. Use python, typescript or auto.`;
    throw new UsageError('UNKNOWN_LANGUAGE', message);
  }
  const { buildTypeScriptGraph } = await import('./typescript/build-typescript-graph.ts');
  return buildTypeScriptGraph(paths, { ...shared, typescript });
}

const NAMES: Readonly<Record<Language, string>> = {
  python: 'Python',
  typescript: 'TypeScript or JavaScript',
};

/** A graph is of one language: what is written in the other is told, not passed over in silence. */
function leftOut({ language, modules }: ImportGraph, count: SourceCount): Problem | undefined {
  const other = language === 'python' ? 'typescript' : 'python';
  if (count[other] === 0) return undefined;
  const files = (number: number, name: Language): string =>
    `${number} ${NAMES[name]} ${number === 1 ? 'file' : 'files'}`;
  const verb = count[other] === 1 ? 'was' : 'were';
  const least = count.complete ? '' : 'at least ';
  const message = `${files(modules.length, language)} analysed; ${least}${files(count[other], other)} ${verb} left out: analyse ${count[other] === 1 ? 'it' : 'them'} with the language ${other} (--language ${other})`;
  return { kind: 'configuration', path: '.', message };
}
