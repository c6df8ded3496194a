import { resolve } from 'node:path';
import { importScenarios } from '@seaworthy/import-cycles/scenarios';
import { collectionScenarios } from '@seaworthy/pytest-collection/scenarios';
import { exhaustionScenarios } from '@seaworthy/resource-exhaustion/scenarios';
import type { AnyScenario } from '@seaworthy/scenario';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { exhaustionSettings } from './exhaustion-settings.ts';

/** Every scenario that there is, set up for a project. */
export function loadScenarios({
  values,
  folder,
  place,
}: Pick<LoadedConfiguration, 'values' | 'folder' | 'place'>): readonly AnyScenario[] {
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
  const ofExhaustion = exhaustionScenarios(exhaustionSettings({ values, place }));
  return [...ofImports, ...ofCollection, ...ofExhaustion];
}

/** The group of a scenario: what its id has before the slash. */
export function groupOf(id: string): string {
  return id.split('/')[0] ?? id;
}

/** Whether scenarios of this group put the machine under pressure. */
export function putsPressure({ id }: Pick<AnyScenario, 'id'>): boolean {
  return groupOf(id) === 'memory' || groupOf(id) === 'limits';
}
