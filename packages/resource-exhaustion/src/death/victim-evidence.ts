import type { VictimDeath } from '../model/exhaustion.ts';
import type { Sandbox } from '../model/sandbox.ts';
import type { CgroupWitness, DeathEvidence } from './death-evidence.ts';

/**
 * What an exhaustion knows of the death of one of its victims.
 *
 * @param deaths of its victims in all: where the kernel killed fewer, nobody can say which ones.
 * @param witnesses the sandbox's cgroup and those around it, seen before and after all of them ({@link witnessesOf}): only
 *   these tell the sandbox's own limit from one further out. Without them the gauge is the witness, of its own limit alone.
 */
export function victimEvidence(
  death: VictimDeath,
  { name, effective }: Pick<Sandbox, 'name' | 'effective'>,
  deaths = 1,
  witnesses: readonly CgroupWitness[] = [],
): DeathEvidence {
  const { ending, gaugeKillsBefore, gaugeKillsAfter, gaugePeakBytes, lastUsageBytes } = death;
  const { killsBefore, killsAfter } = ending;
  const peakBytes = gaugePeakBytes ?? ending.peakBytes ?? lastUsageBytes;
  // Of several deaths at once the gauge may have counted this one before we heard of it: the widest interval is sure to hold it.
  const before = lowest(killsBefore, gaugeKillsBefore);
  const after = highest(killsAfter, gaugeKillsAfter);
  return {
    ending: { code: ending.code, signal: ending.signal },
    deaths,
    keeper: {
      ...(killsBefore === undefined ? {} : { killsBefore }),
      ...(killsAfter === undefined ? {} : { killsAfter }),
      ...(ending.peakBytes === undefined ? {} : { peakBytes: ending.peakBytes }),
    },
    cgroups:
      witnesses.length > 0
        ? witnesses
        : [
            {
              folder: name,
              ...(effective.memoryBytes === undefined ? {} : { limitBytes: effective.memoryBytes }),
              before: before === undefined ? {} : { kills: { own: before } },
              after: {
                ...(after === undefined ? {} : { kills: { own: after } }),
                ...(peakBytes === undefined ? {} : { peakBytes }),
              },
            },
          ],
  };
}

function lowest(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function highest(...counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
