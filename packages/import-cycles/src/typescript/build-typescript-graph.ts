import { setImmediate } from 'node:timers/promises';
import { UsageError } from '@seaworthy/scenario';
import type { ImportGraph } from '../model/import-graph.ts';
import { ImportTableBuilder } from '../model/import-table-builder.ts';
import { DirectoryCache } from './directory-cache.ts';
import { leftOut } from './left-out.ts';
import { FileReader } from './file-reader.ts';
import { findSourceFiles, relativeTo } from './find-source-files.ts';
import { explicitConfig, locateRoots } from './locate-roots.ts';
import { ModuleSet } from './module-set.ts';
import { outputFolders } from './output-folders.ts';
import { ProjectFinder } from './project-finder.ts';
import { WorkspacePackages } from './workspace-packages.ts';

/** Files read between two turns of the event loop, so that signals and timers are served. */
const FILES_PER_TURN = 32;

export interface TypeScriptBuildOptions {
  /** The folder that paths are relative to; where it is left out, the roots' common folder. */
  readonly base?: string | undefined;
  /** Names, paths and globs to leave out; see `excludeGlobs`. */
  readonly exclude?: readonly string[] | undefined;
  /** Looked at between two files. */
  readonly signal?: AbortSignal | undefined;
  readonly typescript?:
    | {
        /** The one config for all files (with the projects that it refers to) instead of the nearest one for each. */
        readonly tsconfig?: string | undefined;
      }
    | undefined;
}

/**
 * The import graph of TypeScript and JavaScript sources. A root (relative to `base`, or else to the working folder) is a
 * folder, of which every source file is a module, or a file, of which it and all that it imports inside the base are. The
 * base of a lone file is the nearest folder above with a `package.json` or `tsconfig.json`. Nothing of the project is
 * executed.
 *
 * @throws UsageError where a path does not exist, or there are no sources
 */
export async function buildTypeScriptGraph(
  roots: readonly string[],
  options: TypeScriptBuildOptions = {},
): Promise<ImportGraph> {
  const { signal } = options;
  signal?.throwIfAborted();
  const cache = new DirectoryCache();
  const { base, folders, files } = locateRoots(roots, options.base, cache);
  const nameOf = (path: string): string => relativeTo(base, path) || '.';
  const isLeftOut = leftOut(options.exclude);
  const finder = new ProjectFinder(cache, nameOf, explicitConfig(options.typescript?.tsconfig, options.base));
  const found = findSourceFiles(folders, base, cache, isLeftOut, signal);

  const modules = new ModuleSet(base, cache, isLeftOut, files.map(cache.realpath));
  const output = outputFolders(found.configs.map((path) => finder.read(path)));
  for (const file of found.files) {
    if (!output.some((folder) => file.real.startsWith(folder))) modules.add(file);
  }
  for (const path of files) modules.add({ path, real: cache.realpath(path) });
  if (modules.count === 0) throw nothingFound(folders);

  const moduleAt = (path: string): number | undefined => modules.at(path);
  const packages = new WorkspacePackages(found.manifests, cache, (path) => moduleAt(path) !== undefined);
  const reader = new FileReader(finder, { cache, packages, moduleAt, nameOf });
  // The count grows where an entry file brings in what it imports.
  for (let index = 0; index < modules.count; index++) {
    signal?.throwIfAborted();
    reader.read(index, modules.file(index));
    if ((index + 1) % FILES_PER_TURN === 0) await setImmediate();
  }

  const { modules: sorted, places } = modules.sorted();
  const table = new ImportTableBuilder();
  for (const row of reader.rows) table.add({ ...row, from: places[row.from]!, to: places[row.to]! });
  return {
    language: 'typescript',
    base,
    roots: [...folders, ...files].map(nameOf),
    modules: sorted,
    imports: table.build(),
    external: new Map([...reader.external].sort(([a], [b]) => (a < b ? -1 : 1))),
    problems: [...found.problems, ...finder.problems, ...reader.problems].sort(byPath),
    ignoreComments: reader.ignoreComments
      .map((comment) => ({ ...comment, module: places[comment.module]! }))
      .sort((a, b) => a.module - b.module || a.line - b.line),
  };
}

function nothingFound(folders: readonly string[]): UsageError {
  return new UsageError(
    'NO_TYPESCRIPT_SOURCES',
    `No TypeScript or JavaScript was found in ${folders.join(', ')}. Name the folder that holds the sources, or check what is excluded (node_modules, dist and coverage always are).`,
  );
}

function byPath(a: { readonly path: string; readonly line?: number }, b: typeof a): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : (a.line ?? 0) - (b.line ?? 0);
}
