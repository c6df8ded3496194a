import type { Workspace } from '@seaworthy/scenario';
import { collectOnce } from '../collect-once.ts';
import type { PluginCost } from '../model/collection-profile.ts';
import type { CollectionRun } from '../model/collection-run.ts';
import type { CollectionTarget } from '../model/collection-target.ts';
import { differenceInterval } from './difference-interval.ts';
import type { ProfileOptions } from './profile-options.ts';
import { sharedOptions } from './profile-runs.ts';

/** What is collected again without. */
export interface PluginTrial {
  /** The plugin in whose row the result goes. */
  readonly plugin: string;
  /** What `-p no:` is given. */
  readonly without: readonly string[];
}

export interface VerifyPlace {
  readonly workspace: Workspace;
  /** Filled by earlier runs: all of these are warm. */
  readonly bytecode: string;
  readonly pairs: number;
}

type Without = NonNullable<PluginCost['without']>;

/**
 * Collects with everything and without each plugin in turn, round by round, so that whatever else the machine does hits
 * all alike; each round begins with another one. What a plugin costs is the median of the differences in pairs of the same
 * round. A trial that collects other tests is over with its first run.
 */
export async function verifyPlugins(
  target: CollectionTarget,
  trials: readonly PluginTrial[],
  place: VerifyPlace,
  options: ProfileOptions,
): Promise<ReadonlyMap<string, Without>> {
  const found = new Map<string, Without>();
  const pairs = new Map<string, { wallMs: number; cpuMs: number; bytes: number }[]>(
    trials.map(({ plugin }) => [plugin, []]),
  );
  const collect = (without: readonly string[]) =>
    collectOnce(
      { ...target, args: [...without.flatMap((name) => ['-p', `no:${name}`]), ...(target.args ?? [])] },
      {
        workspace: place.workspace,
        bytecode: { kind: 'private', folder: place.bytecode },
        ...sharedOptions(options),
      },
    );

  for (let round = 0; round < place.pairs; round++) {
    const left = trials.filter(({ plugin }) => !found.has(plugin));
    if (left.length === 0) break;
    const text = `collecting without ${left.map(({ plugin }) => plugin).join(', ')}`;
    options.onProgress?.({ step: 'plugins', text, done: round, of: place.pairs });
    const sides: (PluginTrial | undefined)[] = [undefined, ...left];
    const order = sides.map((_, at) => sides[(at + round) % sides.length]);
    const runs = new Map<string | undefined, CollectionRun>();
    for (const side of order) runs.set(side?.plugin, await collect(side?.without ?? []));
    const all = runs.get(undefined);
    for (const { plugin } of left) {
      const run = runs.get(plugin);
      if (all === undefined || run === undefined) continue;
      if (sameTests(all, run)) {
        pairs.get(plugin)?.push({
          wallMs: all.wallMs - run.wallMs,
          cpuMs: all.cpuMs - run.cpuMs,
          bytes: all.peak.bytes - run.peak.bytes,
        });
      } else {
        found.set(plugin, { savedMs: 0, lowMs: 0, highMs: 0, savedBytes: 0, sameTests: false });
      }
    }
  }
  for (const [plugin, rows] of pairs) {
    if (found.has(plugin) || rows.length === 0) continue;
    const saved = savedTime(
      rows.map(({ wallMs }) => wallMs),
      rows.map(({ cpuMs }) => cpuMs),
    );
    const bytes = differenceInterval(rows.map((row) => row.bytes));
    found.set(plugin, { ...saved, savedBytes: bytes.value, sameTests: true });
  }
  return found;
}

/** By the hash of what was selected; a plugin may well change the order. */
function sameTests(left: CollectionRun, right: CollectionRun): boolean {
  const [one, other] = [left.recording.items, right.recording.items];
  return (
    one !== undefined &&
    one.sortedHash === other?.sortedHash &&
    left.recording.errors.length === right.recording.errors.length
  );
}

/**
 * By wall time, unless CPU time does not contradict it and tells more exactly: on a busy machine wall time varies by half.
 *
 * @param wall differences of wall time, ms, pair by pair
 * @param cpu differences of CPU time
 */
export function savedTime(
  wall: readonly number[],
  cpu: readonly number[],
): Pick<Without, 'savedMs' | 'lowMs' | 'highMs' | 'by'> {
  const [byWall, byCpu] = [differenceInterval(wall), differenceInterval(cpu)];
  const agrees = byWall.low <= byCpu.value && byCpu.value <= byWall.high;
  const isNarrower = byCpu.high - byCpu.low < byWall.high - byWall.low;
  const { value, low, high } = agrees && isNarrower ? byCpu : byWall;
  return { savedMs: value, lowMs: low, highMs: high, by: agrees && isNarrower ? 'cpu' : 'wall' };
}
