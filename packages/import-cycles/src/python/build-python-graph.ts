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
 * Which files: `.py` and `.pyi` below the roots, without hidden folders, `node_modules`, `__pycache__`, `site-packages`,
 * `dist-packages`, virtual environments, `build` and `dist` (unless they are packages), and what `exclude` names. Of two
 * files for one name the first root wins, then the package, then the source before its stub. A file that no import
 * statement can name (`my-script.py`) is a module whose name is its path.
 *
 * Which module an import names: the submodule where `from package import name` has one, else the package; of a dotted
 * name the longest part that exists, as CPython imports that much; where that is the importing module itself and no package
 * (`from os.path import join` in `os.py`), it is no row, as CPython finds what the module put into `sys.modules`. What the roots do not have, and the standard library
 * does not either, is looked for in the folders around the file that are no packages. Namespace packages and extension
 * modules are known but hold no code: imports of them are no rows. A relative import that leaves its outermost package is
 * a problem and no row. A stub stands for its module where there is no source: nothing executes it, so that its imports
 * are `type-checking`.
 *
 * Which kind: see `ImportKind`; `if False` counts as `type-checking`, and where several surroundings apply the order is
 * `type-checking`, `main`, `function`, `lazy`, `try`, `conditional`, `class`.
 *
 * What is no Python: files that cannot be decoded or parsed are reported and scanned as far as they go. Found are faults of
 * strings, brackets, indentation, import statements, characters without meaning and print statements; other syntax errors
 * take a parser.
 *
 * @param roots folders or files; a folder without `__init__` is an import root (and so is its `src`), one with it a
 *   package; a file stands for its outermost package, or for itself and what it imports from beside it
 * @throws UsageError where a path does not exist or no Python source is found
 */
export async function buildPythonGraph(
  roots: readonly string[],
  options: PythonBuildOptions = {},
): Promise<ImportGraph> {
  options.signal?.throwIfAborted();
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const { index, base, importRoots, prefixes, passedOver } = discoverModules(roots, options, report);
  if (index.modules.length === 0) {
    throw noSources(roots, passedOver, problems);
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
  const { imports, external, folderImports } = resolver.finish();
  return {
    language: 'python',
    base,
    roots: importRoots.map((root) => fromBase(root, base) || '.'),
    modules: index.modules.map(({ module }) => module),
    imports,
    external,
    problems,
    ignoreComments,
    ...(folderImports.length === 0 ? {} : { folderImports }),
  };
}

function noSources(
  roots: readonly string[],
  passedOver: readonly string[],
  problems: readonly Problem[],
): UsageError {
  const unreadable = problems.find(({ kind }) => kind === 'unreadable');
  if (unreadable !== undefined) {
    const message = `No Python source could be read in ${roots.join(', ')}: ${unreadable.path || '.'}: ${unreadable.message}.`;
    return new UsageError('PATH_UNREADABLE', message);
  }
  const hint =
    passedOver.length === 0
      ? 'Name the folder that holds the packages.'
      : `Passed over were ${passedOver.slice(0, 5).join(', ')}; name one of these folders to have it read.`;
  const message = `No Python source (*.py, *.pyi) was found in ${roots.join(', ')}. ${hint}`;
  return new UsageError('NO_PYTHON_SOURCES', message);
}
