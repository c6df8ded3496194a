import { UsageError } from '@seaworthy/scenario';
import type { ImportGraph, Language } from './model/import-graph.ts';
import { buildPythonGraph } from './python/build-python-graph.ts';
import { detectLanguage } from './detect-language.ts';
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
 * below them wins, Python where there are equally many; hidden folders, `node_modules` and the like do not count.
 *
 * @throws UsageError where a path does not exist, or there are no sources of the language
 */
export async function buildImportGraph(
  roots: string | readonly string[],
  options: BuildOptions = {},
): Promise<ImportGraph> {
  const paths = typeof roots === 'string' ? [roots] : roots;
  const { language = 'auto', python, typescript, ...shared } = options;
  const chosen = language === 'auto' ? detectLanguage(paths, shared.base) : language;
  if (chosen === 'python') return buildPythonGraph(paths, { ...shared, ...python });
  if (chosen !== 'typescript') {
    const message = `The language ${String(chosen)} is not known. Use python, typescript or auto.`;
    throw new UsageError('UNKNOWN_LANGUAGE', message);
  }
  const { buildTypeScriptGraph } = await import('./typescript/build-typescript-graph.ts');
  return buildTypeScriptGraph(paths, { ...shared, typescript });
}
