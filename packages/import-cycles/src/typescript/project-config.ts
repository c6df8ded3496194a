import { dirname } from 'node:path/posix';
import { ts } from 'ts-morph';
import type { Problem } from '../model/import-graph.ts';
import type { DirectoryCache } from './directory-cache.ts';

/** A `tsconfig.json` (or `jsconfig.json`) as far as imports depend on it, with what it extends merged in. */
export interface ProjectConfig {
  /** Absolute; undefined for the options of a project without any. */
  readonly path: string | undefined;
  readonly options: ts.CompilerOptions;
  /** Absolute paths of the configs it refers to, those that exist. */
  readonly references: readonly string[];
  readonly problems: readonly Problem[];
}

/** How imports resolve where no config says so: as a bundler does, which is the most permissive. */
export const DEFAULT_OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  jsx: ts.JsxEmit.Preserve,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ESNext,
};

/** "No inputs were found", "the files list is empty", "unknown compiler option": nothing that changes an import. */
const HARMLESS: ReadonlySet<number> = new Set([18003, 18002, 5023]);

/** Configs that others extend, read once for all of them. */
export type ExtendedConfigs = Map<string, ts.ExtendedConfigCacheEntry>;

/** Reads a config and what it extends; what is wrong with it becomes problems, and what can be read of it stands. */
export function readProjectConfig(
  path: string,
  cache: DirectoryCache,
  nameOf: (path: string) => string,
  extended: ExtendedConfigs,
): ProjectConfig {
  const problems: Problem[] = [];
  const report = (diagnostic: ts.Diagnostic): void => {
    if (HARMLESS.has(diagnostic.code)) return;
    const { file, start } = diagnostic;
    problems.push({
      kind: 'configuration',
      path: nameOf(file ? file.fileName : path),
      ...(file && start !== undefined ? { line: file.getLineAndCharacterOfPosition(start).line + 1 } : {}),
      message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
    });
  };
  const host: ts.ParseConfigFileHost = {
    fileExists: cache.fileExists,
    readFile: cache.readFile,
    // Listing the files of a config costs a walk, and only configs with references need it: see `filesOfConfig`.
    readDirectory: () => [],
    useCaseSensitiveFileNames: cache.caseSensitive,
    getCurrentDirectory: () => dirname(path),
    onUnRecoverableConfigFileDiagnostic: report,
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(path, undefined, host, extended);
  syntaxErrorsOf(parsed?.options).forEach(report);
  parsed?.errors.forEach(report);
  const references = (parsed?.projectReferences ?? []).map(ts.resolveProjectReferencePath);
  for (const reference of references) {
    if (cache.fileExists(reference)) continue;
    const message = `Refers to the project ${nameOf(reference)}, which does not exist`;
    problems.push({ kind: 'configuration', path: nameOf(path), message });
  }
  return {
    path,
    options: withResolution(parsed?.options ?? DEFAULT_OPTIONS),
    references: references.filter(cache.fileExists),
    problems,
  };
}

/** Errors in the config's JSON: kept on its parse tree, for a program that is never made here. */
function syntaxErrorsOf(options: ts.CompilerOptions | undefined): readonly ts.Diagnostic[] {
  const file = options?.['configFile'] as
    { readonly parseDiagnostics?: readonly ts.Diagnostic[] } | undefined;
  return file?.parseDiagnostics ?? [];
}

/** The source files that a config includes, absolute, for the one question which of several configs a file belongs to. */
export function filesOfConfig(path: string, cache: DirectoryCache): ReadonlySet<string> {
  const parsed = ts.getParsedCommandLineOfConfigFile(path, undefined, {
    fileExists: cache.fileExists,
    readFile: cache.readFile,
    readDirectory: (folder, extensions, excludes, includes, depth) =>
      matchFiles(
        folder,
        extensions,
        excludes,
        includes,
        cache.caseSensitive,
        folder,
        depth,
        cache.namesIn,
        cache.realpath,
      ),
    useCaseSensitiveFileNames: cache.caseSensitive,
    getCurrentDirectory: () => dirname(path),
    onUnRecoverableConfigFileDiagnostic: () => {},
  });
  return new Set(parsed?.fileNames.map(cache.canonical));
}

/** How `ts.sys.readDirectory` matches `include` and `exclude`, apart from reading the disk; not in the compiler's types. */
const { matchFiles } = ts as unknown as {
  matchFiles(
    folder: string,
    extensions: readonly string[] | undefined,
    excludes: readonly string[] | undefined,
    includes: readonly string[] | undefined,
    caseSensitive: boolean,
    currentFolder: string,
    depth: number | undefined,
    namesIn: DirectoryCache['namesIn'],
    realpath: (path: string) => string,
  ): string[];
};

/**
 * Makes the default of `moduleResolution` explicit, since it also decides which conditions of a package's `exports` hold.
 * The classic algorithm is gone from current compilers; what it found relative to a file the bundler's finds too.
 */
function withResolution(options: ts.CompilerOptions): ts.CompilerOptions {
  const { module, moduleResolution } = options;
  if (moduleResolution !== undefined && moduleResolution !== ts.ModuleResolutionKind.Classic) return options;
  const node = module !== undefined && module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext;
  const kind = !node
    ? ts.ModuleResolutionKind.Bundler
    : module === ts.ModuleKind.Node16
      ? ts.ModuleResolutionKind.Node16
      : ts.ModuleResolutionKind.NodeNext;
  return { ...options, moduleResolution: kind };
}
