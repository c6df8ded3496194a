import { formatBytes, formatDuration } from '../../formats/quantity.ts';
import type { PluginCost, ProfileCause } from '../../model/collection-profile.ts';
import { priceOf } from '../parts/plugin-costs.ts';
import { detailRun, type FindCause } from './cause-input.ts';
import { isDisproven, isProven, measuredText, savedMs } from './proof.ts';
import { isMuchMemory, isWorthTelling, stretchOf } from './worth-telling.ts';

/** Without it others may import what it imported: what was not tried must be more to be worth trying. */
const LEAST_UNPROVEN_MS = 250;

/** A plugin that pytest loads by itself because it is installed, or because it was told to, and what that costs. */
export const expensivePlugin: FindCause = ({ profile, runs }) => {
  const run = detailRun(runs);
  if (run === undefined) return [];
  return profile.plugins
    .filter(({ origin }) => origin !== 'builtin' && origin !== 'conftest')
    .filter((plugin) => {
      if (isDisproven(plugin.without)) return false;
      const ms = worthOf(plugin);
      // Imports were timed in one run and hooks in another; either may have had a busier machine.
      const isSlow = [run, runs.hooks ?? run].every(
        (timed) =>
          isWorthTelling(ms, timed) &&
          (isProven(plugin.without) || ms / stretchOf(timed.recording) >= LEAST_UNPROVEN_MS),
      );
      return isSlow || isMuchMemory(plugin.memoryBytes, run);
    })
    .map((plugin) => causeOf(plugin, run.wallMs));
};

/** What was measured without it, where that tells anything; its price otherwise. */
function worthOf(plugin: PluginCost): number {
  return isProven(plugin.without) ? plugin.without.savedMs : priceOf(plugin);
}

function causeOf(plugin: PluginCost, wholeMs: number): ProfileCause {
  const { name, distribution, version, without, hooks } = plugin;
  const proven = isProven(without);
  const savesMs = savedMs(without, priceOf(plugin));
  const source =
    distribution === undefined ? '' : ` (${distribution}${version === undefined ? '' : ` ${version}`})`;
  const hooksText = hooks
    .slice(0, 3)
    .filter(({ wallMs }) => wallMs >= 1)
    .map(
      ({ hook, calls, wallMs }) =>
        `${hook}: ${formatDuration(wallMs)} in ${calls} ${calls === 1 ? 'call' : 'calls'}`,
    );
  return {
    id: 'expensive-plugin',
    message: `plugin ${name}${source} takes ${formatDuration(priceOf(plugin))} of ${formatDuration(wholeMs)}${plugin.memoryBytes < 1_000_000 ? '' : ` and ${formatBytes(plugin.memoryBytes)}`}${
      proven
        ? `; without it collection took ${formatDuration(without.savedMs)} less and found the same tests`
        : ''
    }`,
    certainty: proven ? 'certain' : 'likely',
    ...(savesMs !== undefined && { savesMs }),
    savesBytes: Math.max(0, without?.sameTests === true ? without.savedBytes : plugin.memoryBytes),
    evidence: [
      `importing it: ${formatDuration(plugin.importMs)}`,
      ...hooksText,
      ...(without === undefined
        ? []
        : without.sameTests
          ? [measuredText(without)]
          : ['without it other tests are collected, or none: this project needs it']),
    ],
    fix:
      without?.sameTests === false
        ? `the project needs ${name}: look for a newer version, or load it only where its tests are`
        : `add -p no:${name} where its tests do not run, or uninstall it`,
  };
}
