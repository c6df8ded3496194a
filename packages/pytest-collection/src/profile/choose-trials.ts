import type { PluginCost } from '../model/collection-profile.ts';
import { GC_PLUGINS } from './causes/end-of-session-gc.ts';
import { priceOf } from './parts/plugin-costs.ts';
import type { PluginTrial } from './verify-plugins.ts';

/** Cheaper plugins are not worth half a dozen runs. */
const LEAST_MS = 20;

/**
 * Which plugins to collect again without: the dearest that were installed, and where a run's end takes long the two of
 * pytest's own that collect garbage there. No other of pytest's own plugins can be done without.
 */
export function chooseTrials(plugins: readonly PluginCost[], most: number, slowEnd: boolean): PluginTrial[] {
  const installed = plugins
    .filter((plugin) => plugin.origin === 'entry-point' && priceOf(plugin) >= LEAST_MS)
    .slice(0, most)
    .map(({ name }) => ({ plugin: name, without: [name] }));
  return slowEnd ? [...installed, { plugin: GC_PLUGINS[0], without: GC_PLUGINS }] : installed;
}
