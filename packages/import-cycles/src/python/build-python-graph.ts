import { UsageError } from '@seaworthy/scenario';
import type { IgnoreComment, ImportGraph, Problem } from '../model/import-graph.ts';
import { discoverModules } from './discovery/discover-modules.ts';
import { fromBase } from './discovery/module-index.ts';
import type { PythonBuildOptions } from './python-options.ts';
import { ImportResolver } from './resolve-imports.ts';
import { scanModules } from './scan-modules.ts';

/**
 * Builds the graph of all imports between the Python sources below `roots` without running any of them.
 *
 * @param roots folders or files; a folder without `__init__` is an import root
 * @throws UsageError where a path does not exist or no Python source is found
 */
export async function buildPythonGraph(
  roots: readonly string[],
  options: PythonBuildOptions = {},
): Promise<ImportGraph> {
  options.signal?.throwIfAborted();
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const { index, base, importRoots, prefixes } = discoverModules(roots, options, report);
  if (index.modules.length === 0) {
    const where = roots.join(', ');
    throw new UsageError(
      'NO_PYTHON_SOURCES',
      `No Python source (*.py, *.pyi) was found in ${where}. Name the folder that holds the packages, or check what is excluded.`,
    );
  }
  const resolver = new ImportResolver(index, prefixes, report);
  const ignoreComments: IgnoreComment[] = [];
  await scanModules(index.modules, importRoots.join('\n'), options, {
    done: (module, log, logged) => {
      const { path } = index.modules[module]!.module;
      for (const problem of logged.problems) report({ path, ...problem });
      for (const comment of logged.comments) ignoreComments.push({ module, ...comment });
      resolver.addFile(module, log, logged);
    },
    report,
  });
  const { imports, external } = resolver.finish();
  return {
    language: 'python',
    base,
    roots: importRoots.map((root) => fromBase(root, base) || '.'),
    modules: index.modules.map(({ module }) => module),
    imports,
    external,
    problems,
    ignoreComments,
  };
}
