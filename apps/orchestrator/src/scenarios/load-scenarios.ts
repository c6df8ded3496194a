import { resolve } from 'node:path';
import { importScenarios } from '@seaworthy/import-cycles/scenarios';
import { collectionScenarios } from '@seaworthy/pytest-collection/scenarios';
import { exhaustionScenarios } from '@seaworthy/resource-exhaustion/scenarios';
import type { AnyScenario } from '@seaworthy/scenario';
import type { LoadedConfiguration } from '../configuration/load-configuration.ts';
import { byteSize } from '../options/byte-size.ts';

/** Every scenario that there is, set up for a project. */
export function loadScenarios({
  values,
  folder,
  place,
}: Pick<LoadedConfiguration, 'values' | 'folder' | 'place'>): readonly AnyScenario[] {
  const { project = {}, imports = {}, collection = {}, exhaustion = {} } = values;
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
  const bytes = (key: 'memory' | 'disk'): number | undefined => {
    const size = exhaustion[key];
    return size === undefined
      ? undefined
      : byteSize(`${place(['exhaustion', key])}: exhaustion.${key}`, size);
  };
  const memoryBytes = bytes('memory');
  const diskBytes = bytes('disk');
  const ofExhaustion = exhaustionScenarios({
    ...(exhaustion.tier === undefined ? {} : { tier: exhaustion.tier }),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    ...(exhaustion.cpus === undefined ? {} : { cpus: exhaustion.cpus }),
    ...(exhaustion.descriptors === undefined ? {} : { descriptors: exhaustion.descriptors }),
    ...(diskBytes === undefined ? {} : { diskBytes }),
  });
  return [...ofImports, ...ofCollection, ...ofExhaustion];
}

/** The group of a scenario: what its id has before the slash. */
export function groupOf(id: string): string {
  return id.split('/')[0] ?? id;
}
