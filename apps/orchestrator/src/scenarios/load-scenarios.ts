import { resolve } from 'node:path';
import { importScenarios } from '@seaworthy/import-cycles/scenarios';
import { collectionScenarios } from '@seaworthy/pytest-collection/scenarios';
import type { AnyScenario } from '@seaworthy/scenario';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';

/** Every scenario that there is, set up for a project. */
export function loadScenarios({
  values,
  folder,
}: Pick<LoadedConfiguration, 'values' | 'folder'>): readonly AnyScenario[] {
  const { project = {}, imports = {}, collection = {} } = values;
  const roots = imports.roots ?? project.roots;
  const exclude = [...(project.exclude ?? []), ...(imports.exclude ?? [])];
  const ofImports = importScenarios({
    ...(roots === undefined ? {} : { roots: roots.map((root) => resolve(folder, root)) }),
    ...(exclude.length === 0 ? {} : { exclude }),
    ...(imports.baseline === undefined ? {} : { baseline: resolve(folder, imports.baseline) }),
    ...(imports.verify === undefined ? {} : { verify: imports.verify }),
  });
  const ofCollection = collectionScenarios({
    ...(collection.args === undefined ? {} : { args: collection.args }),
    ...(collection.scale === undefined ? {} : { scale: collection.scale }),
  });
  return [...ofImports, ...ofCollection];
}

/** The group of a scenario: what its id has before the slash. */
export function groupOf(id: string): string {
  return id.split('/')[0] ?? id;
}
