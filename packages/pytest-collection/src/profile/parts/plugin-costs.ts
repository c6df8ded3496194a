import { dirname, sep } from 'node:path';
import type { PluginCost } from '../../model/collection-profile.ts';
import type { ProjectPath } from './project-path.ts';
import type { ImportRecord, PluginFacts, Recording } from '../../model/recording.ts';

/** Hooks of pytest's own plugins in which everything else happens: their time is not the plugin's price. */
const ENCLOSING = new Set([
  'pytest_cmdline_main',
  'pytest_cmdline_parse',
  'pytest_load_initial_conftests',
  'pytest_collection',
  'pytest_make_collect_report',
  'pytest_pycollect_makemodule',
]);

/**
 * What each plugin costs: importing it, and its hooks where `hooks` recorded them.
 *
 * @param detail the recording that times are taken from
 * @param hooks the recording of a run that recorded hooks
 */
export function pluginCosts(
  detail: Recording,
  hooks: Recording | undefined,
  path: ProjectPath,
): PluginCost[] {
  const plugins = detail.pytest?.plugins ?? hooks?.pytest?.plugins ?? [];
  const imports = importsByPlugin(plugins, detail.imports);
  const conftests = new Map(detail.conftests.map((conftest) => [conftest.path, conftest]));
  const timed = (hooks?.hooks.length ?? 0) > 0;

  return plugins
    .map((plugin): PluginCost => {
      const called = (hooks?.hooks ?? []).filter((record) => record.plugin === plugin.name);
      const counted = called.filter((record) => plugin.origin !== 'builtin' || !ENCLOSING.has(record.hook));
      const loaded: readonly Loaded[] =
        plugin.origin === 'conftest' && plugin.path !== undefined
          ? [conftests.get(plugin.path)].filter((conftest) => conftest !== undefined)
          : (imports.get(plugin.name) ?? []);
      const { name, origin, distribution, version } = plugin;
      return {
        // pytest calls a conftest by its path.
        name: origin === 'conftest' ? path(name) : name,
        origin,
        ...(distribution !== undefined && { distribution }),
        ...(version !== undefined && { version }),
        importMs: total(loaded, (record) => record.wallMs),
        ...(timed && { hooksMs: total(counted, (record) => record.wallMs) }),
        memoryBytes:
          total(loaded, (record) => record.memoryBytes) + total(counted, (record) => record.memoryBytes),
        hooks: called
          .map(({ hook, calls, wallMs }) => ({ hook, calls, wallMs }))
          .sort((left, right) => right.wallMs - left.wallMs),
      };
    })
    .sort((left, right) => priceOf(right) - priceOf(left));
}

type Loaded = Pick<ImportRecord, 'wallMs' | 'memoryBytes'>;

/** ms of a plugin in all. */
export function priceOf(plugin: Pick<PluginCost, 'importMs' | 'hooksMs'>): number {
  return plugin.importMs + (plugin.hooksMs ?? 0);
}

/**
 * The outermost imports of each plugin: of its module, and of the packages that hold it. An import that happened inside of
 * another plugin's is that one's.
 */
function importsByPlugin(
  plugins: readonly PluginFacts[],
  imports: readonly ImportRecord[],
): ReadonlyMap<string, readonly ImportRecord[]> {
  const owned = new Map<string, ImportRecord[]>();
  const taken = new Set<number>();
  imports.forEach((record, index) => {
    if (record.within !== undefined) return;
    for (let at = record.parent; at >= 0; at = imports[at]?.parent ?? -1) if (taken.has(at)) return;
    const plugin = plugins.find((candidate) => isOf(candidate, record));
    if (plugin === undefined) return;
    taken.add(index);
    owned.set(plugin.name, [...(owned.get(plugin.name) ?? []), record]);
  });
  return owned;
}

function isOf(plugin: PluginFacts, record: ImportRecord): boolean {
  if (plugin.path === undefined || record.path === undefined) return false;
  if (plugin.path === record.path) return true;
  if (plugin.origin === 'builtin' || !record.path.endsWith(`${sep}__init__.py`)) return false;
  return plugin.path.startsWith(`${dirname(record.path)}${sep}`);
}

function total<Row>(rows: readonly Row[], pick: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + pick(row), 0);
}
