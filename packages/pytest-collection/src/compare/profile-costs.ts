import type { CollectionProfile, ProfileNode } from '../model/collection-profile.ts';
import type { CostChange } from './profile-comparison.ts';

/** Cost of something that both profiles may have. */
export interface NamedCost {
  /** ms. */
  readonly time: number;
  readonly memoryBytes: number;
}

/** All costs of one kind by name, with the clock that they were taken by. */
export interface CostTable {
  readonly clock: CostChange['clock'];
  readonly costs: ReadonlyMap<string, NamedCost>;
}

/** Processor time of every test file, which the tree has. */
export function fileTable({ tree }: CollectionProfile): CostTable {
  const costs = new Map<string, NamedCost>();
  const walk = (node: ProfileNode): void => {
    if (node.kind === 'file')
      costs.set(node.path ?? node.name, { time: node.cpuMs, memoryBytes: node.memoryBytes });
    else node.children.forEach(walk);
  };
  walk(tree);
  return { clock: 'cpu', costs };
}

export function conftestTable({ conftests }: CollectionProfile): CostTable {
  return table(conftests.map(({ path, wallMs, memoryBytes }) => [path, { time: wallMs, memoryBytes }]));
}

/** What each module costs itself, whoever imports it. */
export function importTable({ imports }: CollectionProfile): CostTable {
  return table(imports.map(({ module, selfMs, memoryBytes }) => [module, { time: selfMs, memoryBytes }]));
}

export function pluginTable({ plugins }: CollectionProfile): CostTable {
  return table(
    plugins.map(({ name, importMs, hooksMs = 0, memoryBytes }) => [
      name,
      { time: importMs + hooksMs, memoryBytes },
    ]),
  );
}

/** The same name may be there several times: a module that is imported anew, say. */
function table(rows: readonly (readonly [string, NamedCost])[]): CostTable {
  const costs = new Map<string, NamedCost>();
  for (const [name, { time, memoryBytes }] of rows) {
    const known = costs.get(name);
    costs.set(name, {
      time: time + (known?.time ?? 0),
      memoryBytes: memoryBytes + (known?.memoryBytes ?? 0),
    });
  }
  return { clock: 'wall', costs };
}
