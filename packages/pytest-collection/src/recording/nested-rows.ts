import type { ItemCounts, Leftovers, PluginFacts } from '../model/recording.ts';
import type { Row } from './row.ts';

type Loose = Readonly<Record<string, unknown>>;

/** Nothing where it is not a plugin. */
export function pluginFacts(row: Loose): PluginFacts[] {
  const { name, origin } = row;
  if (typeof name !== 'string') return [];
  return [
    {
      name,
      origin: isOrigin(origin) ? origin : 'other',
      ...text('distribution', row),
      ...text('version', row),
      ...text('path', row),
    },
  ];
}

export function itemCounts(row: Row & { k: 'items' }): ItemCounts {
  return {
    found: row.found,
    deselected: row.found - row.left,
    hash: row.hash,
    sortedHash: row.sorted,
    files: row.files.flatMap(([path, found, deselected, made, of]) =>
      typeof path === 'string' && typeof found === 'number' && typeof deselected === 'number'
        ? [
            {
              path,
              found,
              deselected,
              ...(typeof made === 'number' && typeof of === 'number' && { parametrized: { made, of } }),
            },
          ]
        : [],
    ),
  };
}

export function leftovers(row: Row & { k: 'left' }): Leftovers {
  return {
    threads: row.threads.flatMap(({ name, daemon }) =>
      typeof name === 'string' ? [{ name, daemon: daemon === true }] : [],
    ),
    children: row.children.flatMap(({ pid, command }) =>
      typeof pid === 'number' && typeof command === 'string' ? [{ pid, command }] : [],
    ),
    descriptors: row.descriptors,
  };
}

function text<Name extends string>(name: Name, row: Loose): { [N in Name]?: string } {
  const value = row[name];
  return typeof value === 'string' ? ({ [name]: value } as { [N in Name]?: string }) : {};
}

function isOrigin(value: unknown): value is PluginFacts['origin'] {
  return (
    typeof value === 'string' &&
    ['builtin', 'entry-point', 'conftest', 'command-line', 'other'].includes(value)
  );
}
