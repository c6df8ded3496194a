import { relative, sep } from 'node:path';
import type { Problem } from '../../model/import-graph.ts';
import { LARGEST_FILE } from '../python-options.ts';
import type { PythonBuildOptions } from '../python-options.ts';
import { Exclusion } from './exclusion.ts';
import { followImports } from './follow-imports.ts';
import { findStarts } from './import-roots.ts';
import { fromBase, indexModules } from './module-index.ts';
import type { ModuleIndex } from './module-index.ts';
import type { Discovery } from './source-file.ts';
import { SourceWalk } from './walk-sources.ts';

/** The modules of a project and where they are imported from. */
export interface DiscoveredModules {
  readonly index: ModuleIndex;
  /** Absolute. */
  readonly base: string;
  /** Absolute, each once, in the order in which they are searched. */
  readonly importRoots: readonly string[];
  /** Dotted paths from one import root to another inside it. */
  readonly prefixes: readonly string[];
  /** Folders that were left out, relative to the base. */
  readonly passedOver: readonly string[];
}

/** Finds all Python modules below the given folders and files. */
export function discoverModules(
  roots: readonly string[],
  options: PythonBuildOptions,
  report: (problem: Problem) => void,
): DiscoveredModules {
  const { base, starts } = findStarts(roots, options.base);
  const exclusion = new Exclusion(base, options.exclude ?? []);
  const walk = new SourceWalk(exclusion, (problem) =>
    report({ ...problem, path: fromBase(problem.path, base) }),
  );
  const folders = new Set(starts.filter(({ isFile }) => !isFile).map(({ path }) => path));
  const discoveries = starts.map((start): Discovery => {
    if (start.isFile) return followImports(start.path, walk, options.largestFile ?? LARGEST_FILE);
    const others = new Set(folders);
    others.delete(start.path);
    return walk.walk(start.path, start.key, others);
  });
  const importRoots = [...new Set(starts.map(({ importRoot }) => importRoot))];
  return {
    index: indexModules(discoveries, base, report),
    base,
    importRoots,
    prefixes: nestedPrefixes(importRoots),
    passedOver: walk.passedOver.map((path) => fromBase(path, base)),
  };
}

function nestedPrefixes(importRoots: readonly string[]): string[] {
  const prefixes: string[] = [];
  for (const outer of importRoots) {
    for (const inner of importRoots) {
      if (inner.startsWith(outer + sep)) prefixes.push(relative(outer, inner).split(sep).join('.'));
    }
  }
  return prefixes;
}
